package org.autophage.data.webp;

import java.util.Arrays;

/** The coefficients of one block of 16 × 16 pixels after the other, which row by row depend on their neighbours (RFC 6386, 13). */
final class Vp8Residue {
    /** Blocks of 4 × 4: 16 of luma, 4 of each chroma. */
    static final int BLOCKS = 24;

    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7};
    private static final int[][] EXTRA_BITS = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };
    private static final int LUMA_WITHOUT_DC = 0;
    private static final int LUMA_DC = 1;
    private static final int CHROMA = 2;
    private static final int LUMA = 3;

    /** Of neighbours: 4 of luma, 2 of each chroma, 1 of luma's DCs. */
    private static final int NEIGHBOURS = 9;

    private final Vp8Header header;
    private final int[][] above;
    private final int[] left = new int[NEIGHBOURS];

    /** Of the block, 16 of each part. */
    final int[] coefficients = new int[16 * BLOCKS];

    Vp8Residue(Vp8Header header, int columns) {
        this.header = header;
        this.above = new int[columns][NEIGHBOURS];
    }

    void beginRow() {
        Arrays.fill(left, 0);
    }

    /** A block that has none. */
    void none(int column, boolean small) {
        Arrays.fill(left, 0, NEIGHBOURS - 1, 0);
        Arrays.fill(above[column], 0, NEIGHBOURS - 1, 0);
        if (!small) {
            left[NEIGHBOURS - 1] = 0;
            above[column][NEIGHBOURS - 1] = 0;
        }
    }

    /**
     * Reads those of a block.
     *
     * @param small whether its luma is predicted in small blocks, each with a DC of its own
     * @return whether any is not zero
     */
    boolean read(Vp8Bits bits, int column, int[] steps, boolean small) {
        Arrays.fill(coefficients, 0);
        int[] top = above[column];
        boolean any = false;
        int first = 0;
        if (!small) {
            int[] dcs = new int[16];
            int count = tokens(bits, LUMA_DC, left[8] + top[8], 0, steps[2], steps[3], dcs, 0);
            left[8] = count > 0 ? 1 : 0;
            top[8] = left[8];
            spread(dcs);
            first = 1;
        }
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int at = 16 * (4 * y + x);
                int type = small ? LUMA : LUMA_WITHOUT_DC;
                int count = tokens(bits, type, left[y] + top[x], first, steps[0], steps[1], coefficients, at);
                left[y] = count > first ? 1 : 0;
                top[x] = left[y];
                any |= count > 1 || coefficients[at] != 0;
            }
        }
        for (int plane = 0; plane < 2; plane++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 2; x++) {
                    int at = 16 * (16 + 4 * plane + 2 * y + x);
                    int leftAt = 4 + 2 * plane + y;
                    int topAt = 4 + 2 * plane + x;
                    int count =
                            tokens(bits, CHROMA, left[leftAt] + top[topAt], 0, steps[4], steps[5], coefficients, at);
                    left[leftAt] = count > 0 ? 1 : 0;
                    top[topAt] = left[leftAt];
                    any |= count > 1 || coefficients[at] != 0;
                }
            }
        }
        return any;
    }

    /**
     * Reads the tokens of a part.
     *
     * @param context how many of its neighbours have any
     * @return the position behind the last token
     */
    private int tokens(Vp8Bits bits, int type, int context, int first, int dc, int ac, int[] target, int at) {
        int[][][] bands = header.probabilities[type];
        int[] odds = bands[BANDS[first]][context];
        int i = first;
        if (!bits.bit(odds[0])) {
            return i;
        }
        while (true) {
            while (!bits.bit(odds[1])) {
                if (++i == 16) {
                    return 16;
                }
                odds = bands[BANDS[i]][0];
            }
            int size = size(bits, odds);
            int value = bits.flag() ? -size : size;
            target[at + ZIGZAG[i]] = value * (i == 0 ? dc : ac);
            if (++i == 16) {
                return 16;
            }
            odds = bands[BANDS[i]][size == 1 ? 1 : 2];
            if (!bits.bit(odds[0])) {
                return i;
            }
        }
    }

    private static int size(Vp8Bits bits, int[] odds) {
        if (!bits.bit(odds[2])) {
            return 1;
        }
        if (!bits.bit(odds[3])) {
            if (!bits.bit(odds[4])) {
                return 2;
            }
            return bits.bit(odds[5]) ? 4 : 3;
        }
        if (!bits.bit(odds[6])) {
            if (!bits.bit(odds[7])) {
                return bits.bit(159) ? 6 : 5;
            }
            int more = bits.bit(165) ? 2 : 0;
            return 7 + more + (bits.bit(145) ? 1 : 0);
        }
        int category = bits.bit(odds[8]) ? 2 : 0;
        category += bits.bit(odds[9 + category / 2]) ? 1 : 0;
        int extra = 0;
        for (int probability : EXTRA_BITS[category]) {
            extra = 2 * extra + (bits.bit(probability) ? 1 : 0);
        }
        return 3 + (8 << category) + extra;
    }

    /** Gives luma's blocks their DCs, by the inverse of the Walsh-Hadamard transform (14.3). */
    private void spread(int[] dcs) {
        int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            int outer = dcs[i] + dcs[12 + i];
            int inner = dcs[4 + i] + dcs[8 + i];
            int innerDifference = dcs[4 + i] - dcs[8 + i];
            int outerDifference = dcs[i] - dcs[12 + i];
            columns[i] = outer + inner;
            columns[4 + i] = outerDifference + innerDifference;
            columns[8 + i] = outer - inner;
            columns[12 + i] = outerDifference - innerDifference;
        }
        for (int i = 0; i < 4; i++) {
            int start = columns[4 * i] + 3;
            int outer = start + columns[4 * i + 3];
            int inner = columns[4 * i + 1] + columns[4 * i + 2];
            int innerDifference = columns[4 * i + 1] - columns[4 * i + 2];
            int outerDifference = start - columns[4 * i + 3];
            coefficients[64 * i] = outer + inner >> 3;
            coefficients[64 * i + 16] = outerDifference + innerDifference >> 3;
            coefficients[64 * i + 32] = outer - inner >> 3;
            coefficients[64 * i + 48] = outerDifference - innerDifference >> 3;
        }
    }
}
