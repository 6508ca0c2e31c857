package org.autophage.data.webp;

/** The arithmetic decoder of VP8 (RFC 6386, 7); beyond the end it reads zeros. */
final class Vp8Bits {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int value;
    private int range = 255;

    /** Bits that are left of the byte read last. */
    private int bits;

    Vp8Bits(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
        this.value = next() << 8 | next();
    }

    private int next() {
        return at < end ? bytes[at++] & 0xff : 0;
    }

    /** A bit that is 0 with a probability, in 256ths. */
    boolean bit(int probability) {
        int split = 1 + ((range - 1) * probability >> 8);
        boolean one = value >= split << 8;
        if (one) {
            range -= split;
            value -= split << 8;
        } else {
            range = split;
        }
        while (range < 128) {
            value <<= 1;
            range <<= 1;
            if (++bits == 8) {
                bits = 0;
                value |= next();
            }
        }
        return one;
    }

    boolean flag() {
        return bit(128);
    }

    /** A number of so many bits, the first of which counts most. */
    int number(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number = 2 * number + (flag() ? 1 : 0);
        }
        return number;
    }

    /** A number and its sign. */
    int signed(int count) {
        int number = number(count);
        return flag() ? -number : number;
    }

    /** A number and its sign, if there is one; otherwise 0. */
    int optional(int count) {
        return flag() ? signed(count) : 0;
    }

    /** A leaf of a tree: positive entries are where to go on, others the negative of leaves. */
    int leaf(int[] tree, int[] probabilities) {
        int i = 0;
        do {
            i = tree[i + (bit(probabilities[i >> 1]) ? 1 : 0)];
        } while (i > 0);
        return -i;
    }
}
