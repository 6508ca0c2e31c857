package org.autophage.data.webp;

import java.io.IOException;
import java.util.Arrays;

/** A prefix code: shorter words come first, among those of one length smaller symbols. */
final class Vp8lCode {
    private static final int LONGEST = 15;
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int FIRST_PREVIOUS = 8;

    private final int[] counts = new int[LONGEST + 1];
    private final int[] symbols;

    private Vp8lCode(int[] lengths) throws IOException {
        for (int length : lengths) {
            counts[length]++;
        }
        counts[0] = 0;
        int there = Arrays.stream(counts).sum();
        symbols = new int[there];
        int[] next = new int[LONGEST + 2];
        int left = 1;
        for (int length = 1; length <= LONGEST; length++) {
            next[length + 1] = next[length] + counts[length];
            left = 2 * left - counts[length];
            if (left < 0) {
                throw new IOException("a code of its has too many words");
            }
        }
        if (there == 0 || left > 0 && there > 1) {
            throw new IOException("a code of its has too few words");
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = symbol;
            }
        }
    }

    /** Reads a code for so many symbols. */
    static Vp8lCode read(Vp8lBits bits, int count) throws IOException {
        int[] lengths = new int[count];
        if (bits.bit() == 1) {
            boolean two = bits.bit() == 1;
            set(lengths, bits.number(bits.bit() == 1 ? 8 : 1));
            if (two) {
                set(lengths, bits.number(8));
            }
            return new Vp8lCode(lengths);
        }
        int[] ofLengths = new int[ORDER.length];
        int given = 4 + bits.number(4);
        for (int i = 0; i < given; i++) {
            ofLengths[ORDER[i]] = bits.number(3);
        }
        Vp8lCode code = new Vp8lCode(ofLengths);
        int left = bits.bit() == 1 ? 2 + bits.number(2 + 2 * bits.number(3)) : count;
        int previous = FIRST_PREVIOUS;
        for (int symbol = 0; symbol < count && left > 0; left--) {
            int length = code.symbol(bits);
            if (length < REPEAT) {
                lengths[symbol++] = length;
                previous = length == 0 ? previous : length;
                continue;
            }
            int times =
                    length == REPEAT ? 3 + bits.number(2) : length == ZEROS ? 3 + bits.number(3) : 11 + bits.number(7);
            if (symbol + times > count) {
                throw new IOException("a code of its has more words than symbols");
            }
            Arrays.fill(lengths, symbol, symbol + times, length == REPEAT ? previous : 0);
            symbol += times;
        }
        return new Vp8lCode(lengths);
    }

    private static void set(int[] lengths, int symbol) throws IOException {
        if (symbol >= lengths.length) {
            throw new IOException("a code of its has a symbol that is none");
        }
        lengths[symbol] = 1;
    }

    /** Reads a symbol; of a single one there is nothing to read. */
    int symbol(Vp8lBits bits) throws IOException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int word = 0;
        int first = 0;
        int before = 0;
        for (int length = 1; length <= LONGEST; length++) {
            word |= bits.bit();
            int count = counts[length];
            if (word - first < count) {
                return symbols[before + word - first];
            }
            before += count;
            first = first + count << 1;
            word <<= 1;
        }
        throw new IOException("a word of its is in no code");
    }
}
