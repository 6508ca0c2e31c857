package org.autophage.data.webp;

/** Blocks as their neighbours above and on the left let expect them (RFC 6386, 12). */
final class Vp8Prediction {
    static final int DC = 0;
    static final int VERTICAL = 1;
    static final int HORIZONTAL = 2;
    static final int TRUE_MOTION = 3;

    static final int SMALL_DC = 0;
    static final int SMALL_TRUE_MOTION = 1;
    static final int SMALL_VERTICAL = 2;
    static final int SMALL_HORIZONTAL = 3;
    static final int LEFT_DOWN = 4;
    static final int RIGHT_DOWN = 5;
    static final int VERTICAL_RIGHT = 6;
    static final int VERTICAL_LEFT = 7;
    static final int HORIZONTAL_DOWN = 8;
    static final int HORIZONTAL_UP = 9;

    private Vp8Prediction() {}

    /**
     * A block of luma or chroma.
     *
     * @param size 16 or 8
     * @param top whether it is in the first row
     * @param left whether it is in the first column
     */
    static void block(Vp8Plane plane, int at, int size, int mode, boolean top, boolean left) {
        int above = at - plane.stride;
        int mean = mode == DC ? mean(plane, at, size, top, left) : 0;
        for (int y = 0; y < size; y++) {
            int row = at + y * plane.stride;
            for (int x = 0; x < size; x++) {
                int value =
                        switch (mode) {
                            case DC -> mean;
                            case VERTICAL -> plane.value(above + x);
                            case HORIZONTAL -> plane.value(row - 1);
                            default ->
                                Vp8Plane.clipped(
                                        plane.value(row - 1) + plane.value(above + x) - plane.value(above - 1));
                        };
                plane.set(row + x, value);
            }
        }
    }

    private static int mean(Vp8Plane plane, int at, int size, boolean top, boolean left) {
        if (top && left) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += top ? 0 : plane.value(at - plane.stride + i);
            sum += left ? 0 : plane.value(at + i * plane.stride - 1);
        }
        int count = top || left ? size : 2 * size;
        return (sum + count / 2) / count;
    }

    /**
     * A small block of luma.
     *
     * @param above the 8 values above it and on to the right
     */
    static void small(Vp8Plane plane, int at, int mode, int[] above) {
        int stride = plane.stride;
        // from the left's lowest value up, the corner, and above to the right
        int[] edge = new int[13];
        for (int i = 0; i < 4; i++) {
            edge[i] = plane.value(at + (3 - i) * stride - 1);
        }
        edge[4] = plane.value(at - stride - 1);
        System.arraycopy(above, 0, edge, 5, 8);
        int sum = 4;
        for (int i = 0; i < 4; i++) {
            sum += edge[i] + edge[5 + i];
        }
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int value =
                        switch (mode) {
                            case SMALL_DC -> sum >> 3;
                            case SMALL_TRUE_MOTION -> Vp8Plane.clipped(edge[3 - y] + edge[5 + x] - edge[4]);
                            case SMALL_VERTICAL -> three(edge, 5 + x);
                            case SMALL_HORIZONTAL -> y == 3 ? edge[1] + 3 * edge[0] + 2 >> 2 : three(edge, 3 - y);
                            case LEFT_DOWN -> x + y == 6 ? edge[11] + 3 * edge[12] + 2 >> 2 : three(edge, 6 + x + y);
                            case RIGHT_DOWN -> three(edge, 4 + x - y);
                            case VERTICAL_RIGHT -> verticalRight(edge, x, y);
                            case VERTICAL_LEFT -> verticalLeft(edge, x, y);
                            case HORIZONTAL_DOWN -> horizontalDown(edge, x, y);
                            default -> horizontalUp(edge, x, y);
                        };
                plane.set(at + y * stride + x, value);
            }
        }
    }

    /** The mean of a value and its neighbours, the one in the middle twice. */
    private static int three(int[] edge, int middle) {
        return edge[middle - 1] + 2 * edge[middle] + edge[middle + 1] + 2 >> 2;
    }

    private static int two(int[] edge, int first) {
        return edge[first] + edge[first + 1] + 1 >> 1;
    }

    private static int verticalRight(int[] edge, int x, int y) {
        int along = 2 * x - y;
        if (along < 0) {
            return three(edge, 4 + along + 1);
        }
        int first = 4 + x - (y >> 1);
        return along % 2 == 0 ? two(edge, first) : three(edge, first);
    }

    private static int verticalLeft(int[] edge, int x, int y) {
        if (x == 3 && y >= 2) {
            return three(edge, y == 2 ? 10 : 11);
        }
        int first = 5 + x + (y >> 1);
        return y % 2 == 0 ? two(edge, first) : three(edge, first + 1);
    }

    private static int horizontalDown(int[] edge, int x, int y) {
        int along = 2 * y - x;
        if (along < 0) {
            return three(edge, 4 - along - 1);
        }
        int first = 3 - y + (x >> 1);
        return along % 2 == 0 ? two(edge, first) : three(edge, first + 1);
    }

    private static int horizontalUp(int[] edge, int x, int y) {
        int along = x + 2 * y;
        if (along > 5) {
            return edge[0];
        }
        if (along == 5) {
            return edge[1] + 3 * edge[0] + 2 >> 2;
        }
        int first = 3 - (along >> 1);
        return along % 2 == 0 ? edge[first] + edge[first - 1] + 1 >> 1 : three(edge, first - 1);
    }
}
