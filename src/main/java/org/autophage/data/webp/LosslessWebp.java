package org.autophage.data.webp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lossless WebP picture (Google's specification of the WebP lossless bitstream): prefix codes, copies of what came before, a
 * cache of colours, and transforms that are undone at the end.
 */
public final class LosslessWebp {
    private static final int SIGNATURE = 0x2f;
    private static final int SIZE_BITS = 14;
    private static final int HEADER = 5;
    private static final int TABLE = 3;

    /** Symbols of green, which has lengths of copies too. */
    private static final int COLOURS = 256;

    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int MOST_CACHE_BITS = 11;

    /** Distances to the 120 pixels near by, two hexadecimal digits each: 8 less the columns to the left, and rows up. */
    private static final String NEAR =
            "817071918260729261a162a28350739351b163a352b28440749441c153b364a442c28554b443c330759531d165a532d244c455b533d38620769621e1"
                    + "66a622e245c534d456b623e38710779735d511f146c624e467a712f257b713f336d625e50047c714f4010226e60337d715f50427e716f60517f70607";

    private final Vp8lBits bits;
    private final int width;
    private final int height;

    /**
     * Reads the header.
     *
     * @param bytes a file
     * @param start of the content of its part {@code VP8L}
     * @param end behind it
     * @throws IOException if it is damaged, in words that follow "it is corrupt: "
     */
    public LosslessWebp(byte[] bytes, int start, int end) throws IOException {
        if (end - start < HEADER || bytes[start] != SIGNATURE) {
            throw new IOException("its pixels do not begin like lossless ones");
        }
        bits = new Vp8lBits(bytes, start + 1, end);
        width = 1 + bits.number(SIZE_BITS);
        height = 1 + bits.number(SIZE_BITS);
    }

    /** Rows, pixels. */
    public int height() {
        return height;
    }

    /** Columns, pixels. */
    public int width() {
        return width;
    }

    /**
     * Decodes it, once: unsigned bytes, RGB, in HWC layout.
     *
     * @throws IOException if it is damaged, in words that follow "it is corrupt: "
     */
    public byte[] decode() throws IOException {
        bits.bit(); // whether alpha is of any use
        if (bits.number(3) != 0) {
            throw new IOException("its pixels are of a later version");
        }
        List<Vp8lTransform> transforms = new ArrayList<>();
        int packedWidth = width;
        while (bits.bit() == 1) {
            Vp8lTransform transform = transform(packedWidth);
            if (transforms.stream().anyMatch(before -> before.kind() == transform.kind())) {
                throw new IOException("its pixels were transformed twice in one way");
            }
            transforms.add(0, transform);
            if (transform.kind() == TABLE) {
                packedWidth = blocks(packedWidth, transform.bits());
            }
        }
        int[] pixels = image(packedWidth, height, true);
        for (Vp8lTransform transform : transforms) {
            pixels = transform.undo(pixels, height);
        }
        byte[] colours = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i++) {
            colours[3 * i] = (byte) (pixels[i] >> 16);
            colours[3 * i + 1] = (byte) (pixels[i] >> 8);
            colours[3 * i + 2] = (byte) pixels[i];
        }
        return colours;
    }

    private Vp8lTransform transform(int rowWidth) throws IOException {
        int kind = bits.number(2);
        if (kind == Vp8lTransform.GREEN_SUBTRACTED) {
            return new Vp8lTransform(kind, 0, new int[0], rowWidth);
        }
        if (kind != TABLE) {
            int size = 2 + bits.number(3);
            return new Vp8lTransform(kind, size, image(blocks(rowWidth, size), blocks(height, size), false), rowWidth);
        }
        int[] table = image(1 + bits.number(8), 1, false);
        for (int i = 1; i < table.length; i++) {
            table[i] = Vp8lTransform.added(table[i], table[i - 1]);
        }
        int packing = table.length > 16 ? 0 : table.length > 4 ? 1 : table.length > 2 ? 2 : 3;
        return new Vp8lTransform(kind, packing, table, rowWidth);
    }

    private static int blocks(int pixels, int size) {
        return pixels + (1 << size) - 1 >> size;
    }

    /** The five codes of a part of an image: green, lengths and cache; red; blue; alpha; distances. */
    private Vp8lCode[] codes(int cached) throws IOException {
        int[] counts = {COLOURS + LENGTHS + cached, COLOURS, COLOURS, COLOURS, DISTANCES};
        Vp8lCode[] codes = new Vp8lCode[counts.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Vp8lCode.read(bits, counts[i]);
        }
        return codes;
    }

    /** @param whole whether it is the picture itself, which may have other codes in other parts */
    private int[] image(int columns, int rows, boolean whole) throws IOException {
        int cacheBits = bits.bit() == 1 ? bits.number(4) : 0;
        if (cacheBits > MOST_CACHE_BITS) {
            throw new IOException("its cache of colours is too large");
        }
        int partBits = 0;
        int[] parts = null;
        if (whole && bits.bit() == 1) {
            partBits = 2 + bits.number(3);
            parts = Arrays.stream(image(blocks(columns, partBits), blocks(rows, partBits), false))
                    .map(pixel -> pixel >> 8 & 0xffff)
                    .toArray();
        }
        int groups = parts == null ? 1 : 1 + Arrays.stream(parts).max().orElse(0);
        Vp8lCode[][] codes = new Vp8lCode[groups][];
        for (int i = 0; i < groups; i++) {
            codes[i] = codes(cacheBits == 0 ? 0 : 1 << cacheBits);
        }
        return pixels(columns, rows, codes, parts, partBits, cacheBits);
    }

    private int[] pixels(int columns, int rows, Vp8lCode[][] codes, int @Nullable [] parts, int partBits, int cacheBits)
            throws IOException {
        int[] pixels = new int[Math.multiplyExact(columns, rows)];
        int[] cache = new int[1 << cacheBits];
        int cached = 0;
        for (int at = 0; at < pixels.length; ) {
            int part = parts == null
                    ? 0
                    : parts[(at / columns >> partBits) * blocks(columns, partBits) + (at % columns >> partBits)];
            Vp8lCode[] code = codes[part];
            int symbol = code[0].symbol(bits);
            if (symbol < COLOURS) {
                int red = code[1].symbol(bits);
                int blue = code[2].symbol(bits);
                pixels[at++] = code[3].symbol(bits) << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < COLOURS + LENGTHS) {
                int length = extended(symbol - COLOURS);
                int distance = distance(extended(code[4].symbol(bits)), columns);
                if (distance > at || length > pixels.length - at) {
                    throw new IOException("a copy of its is of what is not there");
                }
                for (int i = 0; i < length; i++, at++) {
                    pixels[at] = pixels[at - distance];
                }
            } else {
                for (; cached < at; cached++) {
                    cache[place(pixels[cached], cacheBits)] = pixels[cached];
                }
                pixels[at++] = cache[symbol - COLOURS - LENGTHS];
            }
        }
        return pixels;
    }

    /** Where a colour is kept. */
    private static int place(int colour, int cacheBits) {
        return 0x1e35a7bd * colour >>> 32 - cacheBits;
    }

    /** A length or a distance of a symbol, which some bits more make exact. */
    private int extended(int symbol) throws IOException {
        if (symbol < 4) {
            return symbol + 1;
        }
        int more = symbol - 2 >> 1;
        return (2 + (symbol & 1) << more) + bits.number(more) + 1;
    }

    private static int distance(int code, int columns) {
        if (code > NEAR.length() / 2) {
            return code - NEAR.length() / 2;
        }
        int left = 8 - Character.digit(NEAR.charAt(2 * code - 2), 16);
        int up = Character.digit(NEAR.charAt(2 * code - 1), 16);
        return Math.max(1, left + up * columns);
    }
}
