package org.autophage.data.webp;

import java.util.Arrays;

/** A frame's three planes, block by block of 16 × 16 pixels. */
final class Vp8Frame {
    private static final int SIZE = 16;
    private static final int SMALL = 4;
    private static final int[] MODE_TREE = {
        -SMALL,
        2,
        4,
        6,
        -Vp8Prediction.DC,
        -Vp8Prediction.VERTICAL,
        -Vp8Prediction.HORIZONTAL,
        -Vp8Prediction.TRUE_MOTION
    };
    private static final int[] MODE_PROBABILITIES = {145, 156, 163, 128};
    private static final int[] CHROMA_TREE = {
        -Vp8Prediction.DC, 2, -Vp8Prediction.VERTICAL, 4, -Vp8Prediction.HORIZONTAL, -Vp8Prediction.TRUE_MOTION
    };
    private static final int[] CHROMA_PROBABILITIES = {142, 114, 183};
    private static final int[] SMALL_TREE = {
        -Vp8Prediction.SMALL_DC,
        2,
        -Vp8Prediction.SMALL_TRUE_MOTION,
        4,
        -Vp8Prediction.SMALL_VERTICAL,
        6,
        8,
        12,
        -Vp8Prediction.SMALL_HORIZONTAL,
        10,
        -Vp8Prediction.RIGHT_DOWN,
        -Vp8Prediction.VERTICAL_RIGHT,
        -Vp8Prediction.LEFT_DOWN,
        14,
        -Vp8Prediction.VERTICAL_LEFT,
        16,
        -Vp8Prediction.HORIZONTAL_DOWN,
        -Vp8Prediction.HORIZONTAL_UP
    };

    /** What a whole block's mode counts as beside small ones. */
    private static final int[] AS_SMALL = {
        Vp8Prediction.SMALL_DC,
        Vp8Prediction.SMALL_VERTICAL,
        Vp8Prediction.SMALL_HORIZONTAL,
        Vp8Prediction.SMALL_TRUE_MOTION
    };

    private final Vp8Header header;
    private final int columns;
    private final int rows;
    private final int[] modesAbove;
    private final int[] modesLeft = new int[4];
    private final Vp8Residue residue;

    /** How each block's edges are smoothed; 0 for not at all, and whether within it too. */
    private final int[] levels;

    private final boolean[] within;
    final Vp8Plane luma;
    final Vp8Plane blue;
    final Vp8Plane red;

    Vp8Frame(Vp8Header header) {
        this.header = header;
        this.columns = (header.width + SIZE - 1) / SIZE;
        this.rows = (header.height + SIZE - 1) / SIZE;
        this.modesAbove = new int[4 * columns];
        this.residue = new Vp8Residue(header, columns);
        this.levels = new int[rows * columns];
        this.within = new boolean[rows * columns];
        this.luma = new Vp8Plane(SIZE * columns, SIZE * rows);
        this.blue = new Vp8Plane(SIZE / 2 * columns, SIZE / 2 * rows);
        this.red = new Vp8Plane(SIZE / 2 * columns, SIZE / 2 * rows);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(modesLeft, 0);
            residue.beginRow();
            for (int column = 0; column < columns; column++) {
                block(row, column);
            }
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                smooth(row, column);
            }
        }
    }

    private void block(int row, int column) {
        Vp8Bits modes = header.modes;
        int segment = header.segmentsListed ? segment(modes) : 0;
        boolean skipped = header.skipping && modes.bit(header.skipProbability);
        int mode = modes.leaf(MODE_TREE, MODE_PROBABILITIES);
        boolean small = mode == SMALL;
        int[] smallModes = new int[16];
        for (int i = 0; i < 16; i++) {
            int y = i / 4;
            int x = 4 * column + i % 4;
            smallModes[i] = small
                    ? modes.leaf(SMALL_TREE, Vp8Tables.MODE_PROBABILITIES[modesAbove[x]][modesLeft[y]])
                    : AS_SMALL[mode];
            modesAbove[x] = smallModes[i];
            modesLeft[y] = smallModes[i];
        }
        int chroma = modes.leaf(CHROMA_TREE, CHROMA_PROBABILITIES);
        boolean any = false;
        if (skipped) {
            residue.none(column, small);
        } else {
            Vp8Bits bits = header.coefficients[row % header.coefficients.length];
            any = residue.read(bits, column, header.steps[segment], small);
        }
        levels[row * columns + column] = header.filterLevels[segment][small ? 1 : 0];
        within[row * columns + column] = small || any;
        if (small) {
            smallBlocks(row, column, smallModes, any);
        } else {
            int at = luma.at(SIZE * column, SIZE * row);
            Vp8Prediction.block(luma, at, SIZE, mode, row == 0, column == 0);
            for (int i = 0; any && i < 16; i++) {
                luma.add(at + i / 4 * 4 * luma.stride + i % 4 * 4, residue.coefficients, 16 * i);
            }
        }
        chroma(blue, row, column, chroma, any ? 16 : -1);
        chroma(red, row, column, chroma, any ? 20 : -1);
    }

    private int segment(Vp8Bits bits) {
        int half = bits.bit(header.segmentProbabilities[0]) ? 1 : 0;
        return 2 * half + (bits.bit(header.segmentProbabilities[1 + half]) ? 1 : 0);
    }

    /** @param part the first of its four parts in the residue; negative where there is none */
    private void chroma(Vp8Plane plane, int row, int column, int mode, int part) {
        int at = plane.at(SIZE / 2 * column, SIZE / 2 * row);
        Vp8Prediction.block(plane, at, SIZE / 2, mode, row == 0, column == 0);
        for (int i = 0; part >= 0 && i < 4; i++) {
            plane.add(at + i / 2 * 4 * plane.stride + i % 2 * 4, residue.coefficients, 16 * (part + i));
        }
    }

    private void smallBlocks(int row, int column, int[] modes, boolean any) {
        int corner = luma.at(SIZE * column, SIZE * row);
        int[] right = new int[4];
        for (int i = 0; i < 4; i++) {
            // Behind the last column the last value above stands for all; above the first row the frame's edge does.
            boolean beyond = column == columns - 1 && row > 0;
            right[i] = luma.value(corner - luma.stride + SIZE + (beyond ? -1 : i));
        }
        int[] above = new int[8];
        for (int i = 0; i < 16; i++) {
            int at = corner + i / 4 * 4 * luma.stride + i % 4 * 4;
            for (int x = 0; x < 8; x++) {
                // What is right of the block is not there yet for its lower rows: they use what is above its first.
                above[x] = i % 4 == 3 && x >= 4 ? right[x - 4] : luma.value(at - luma.stride + x);
            }
            Vp8Prediction.small(luma, at, modes[i], above);
            if (any) {
                luma.add(at, residue.coefficients, 16 * i);
            }
        }
    }

    private void smooth(int row, int column) {
        int level = levels[row * columns + column];
        if (level == 0) {
            return;
        }
        Vp8Filter.Strength strength = Vp8Filter.Strength.of(header, level);
        boolean inner = within[row * columns + column];
        smooth(luma, row, column, SIZE, strength, inner);
        if (!header.simpleFilter) {
            smooth(blue, row, column, SIZE / 2, strength, inner);
            smooth(red, row, column, SIZE / 2, strength, inner);
        }
    }

    private static void smooth(
            Vp8Plane plane, int row, int column, int size, Vp8Filter.Strength strength, boolean inner) {
        Vp8Filter filter = new Vp8Filter(plane);
        int at = plane.at(size * column, size * row);
        if (column > 0) {
            filter.edge(at, 1, plane.stride, size, strength, true);
        }
        for (int x = 4; inner && x < size; x += 4) {
            filter.edge(at + x, 1, plane.stride, size, strength, false);
        }
        if (row > 0) {
            filter.edge(at, plane.stride, 1, size, strength, true);
        }
        for (int y = 4; inner && y < size; y += 4) {
            filter.edge(at + y * plane.stride, plane.stride, 1, size, strength, false);
        }
    }
}
