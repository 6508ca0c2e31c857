package org.autophage.data.webp;

/**
 * One of a frame's three planes, whole blocks of it, with what RFC 6386 puts around a frame: 127 above, 129 on the left,
 * and 4 values more on the right.
 */
final class Vp8Plane {
    private static final int ABOVE = 127;
    private static final int LEFT = 129;
    private static final int MORE = 4;

    /** Unsigned: a picture of 64 million pixels has 96 million of them. */
    private final byte[] values;

    /** From a value to the one below it. */
    final int stride;

    Vp8Plane(int width, int height) {
        stride = width + 1 + MORE;
        values = new byte[stride * (height + 1)];
        for (int i = 0; i < stride; i++) {
            values[i] = ABOVE;
        }
        for (int y = 1; y <= height; y++) {
            values[y * stride] = (byte) LEFT;
        }
    }

    /** Where a value is. */
    int at(int x, int y) {
        return (y + 1) * stride + x + 1;
    }

    /** A value, 0 to 255. */
    int value(int at) {
        return values[at] & 0xff;
    }

    /** @param value 0 to 255 */
    void set(int at, int value) {
        values[at] = (byte) value;
    }

    /** Adds to a value, which stays from 0 to 255. */
    void change(int at, int by) {
        set(at, clipped(value(at) + by));
    }

    static int clipped(int value) {
        return value < 0 ? 0 : Math.min(value, 255);
    }

    /** Adds the residue of a block of 4 × 4, by the inverse of its transform (14.3). */
    void add(int at, int[] coefficients, int from) {
        int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            int first = coefficients[from + i];
            int second = coefficients[from + 4 + i];
            int third = coefficients[from + 8 + i];
            int fourth = coefficients[from + 12 + i];
            int sum = first + third;
            int difference = first - third;
            int odd = sine(second) - cosine(fourth);
            int even = cosine(second) + sine(fourth);
            columns[4 * i] = sum + even;
            columns[4 * i + 1] = difference + odd;
            columns[4 * i + 2] = difference - odd;
            columns[4 * i + 3] = sum - even;
        }
        for (int y = 0; y < 4; y++) {
            int sum = columns[y] + 4 + columns[8 + y];
            int difference = columns[y] + 4 - columns[8 + y];
            int odd = sine(columns[4 + y]) - cosine(columns[12 + y]);
            int even = cosine(columns[4 + y]) + sine(columns[12 + y]);
            int row = at + y * stride;
            change(row, sum + even >> 3);
            change(row + 1, difference + odd >> 3);
            change(row + 2, difference - odd >> 3);
            change(row + 3, sum - even >> 3);
        }
    }

    /** Times √2 cos(π/8). */
    private static int cosine(int value) {
        return (value * 20_091 >> 16) + value;
    }

    /** Times √2 sin(π/8). */
    private static int sine(int value) {
        return value * 35_468 >> 16;
    }
}
