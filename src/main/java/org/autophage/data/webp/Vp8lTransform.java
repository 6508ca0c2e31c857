package org.autophage.data.webp;

/**
 * What was done to pixels, 32 bits of alpha, red, green and blue each, before they were packed.
 *
 * @param kind 0 to 3: predicted, colours decorrelated, green subtracted, colours of a table
 * @param bits of the size of its blocks, or of how many pixels are packed into one
 * @param data a value a block, or the table
 * @param width of a row after undoing it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
record Vp8lTransform(int kind, int bits, int[] data, int width) {
    static final int PREDICTED = 0;
    static final int DECORRELATED = 1;
    static final int GREEN_SUBTRACTED = 2;

    private static final int OPAQUE = 0xff000000;

    /** Undoes it. */
    int[] undo(int[] pixels, int height) {
        switch (kind) {
            case PREDICTED -> predict(pixels, height);
            case DECORRELATED -> correlate(pixels, height);
            case GREEN_SUBTRACTED -> {
                for (int i = 0; i < pixels.length; i++) {
                    int green = pixels[i] >> 8 & 0xff;
                    pixels[i] = pixels[i] & 0xff00ff00 | (pixels[i] & 0x00ff00ff) + (green << 16 | green) & 0x00ff00ff;
                }
            }
            default -> {
                return lookUp(pixels, height);
            }
        }
        return pixels;
    }

    private int[] lookUp(int[] packed, int height) {
        int rowPacked = width + (1 << bits) - 1 >> bits;
        int size = 8 >> bits;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = packed[y * rowPacked + (x >> bits)] >> 8 & 0xff;
                int index = value >> (x & (1 << bits) - 1) * size & (1 << size) - 1;
                pixels[y * width + x] = index < data.length ? data[index] : 0;
            }
        }
        return pixels;
    }

    private int block(int x, int y) {
        int row = width + (1 << bits) - 1 >> bits;
        return data[(y >> bits) * row + (x >> bits)];
    }

    private void correlate(int[] pixels, int height) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int shares = block(x, y);
                int pixel = pixels[y * width + x];
                int green = pixel >> 8;
                int red = (pixel >> 16) + part(shares, green) & 0xff;
                int blue = pixel + part(shares >> 8, green) + part(shares >> 16, red) & 0xff;
                pixels[y * width + x] = pixel & 0xff00ff00 | red << 16 | blue;
            }
        }
    }

    private static int part(int share, int colour) {
        return (byte) share * (byte) colour >> 5;
    }

    private void predict(int[] pixels, int height) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int predicted;
                if (y == 0) {
                    predicted = x == 0 ? OPAQUE : pixels[at - 1];
                } else {
                    predicted = x == 0 ? pixels[at - width] : predicted(block(x, y) >> 8 & 0xf, pixels, at);
                }
                pixels[at] = added(pixels[at], predicted);
            }
        }
    }

    /** The sum of each of four bytes, without carry. */
    static int added(int one, int other) {
        return (one & 0xff00ff00) + (other & 0xff00ff00) & 0xff00ff00
                | (one & 0x00ff00ff) + (other & 0x00ff00ff) & 0x00ff00ff;
    }

    private int predicted(int mode, int[] pixels, int at) {
        int left = pixels[at - 1];
        int top = pixels[at - width];
        int corner = pixels[at - width - 1];
        int right = pixels[at - width + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> right;
            case 4 -> corner;
            case 5 -> mean(mean(left, right), top);
            case 6 -> mean(left, corner);
            case 7 -> mean(left, top);
            case 8 -> mean(corner, top);
            case 9 -> mean(top, right);
            case 10 -> mean(mean(left, corner), mean(top, right));
            case 11 -> nearer(left, top, corner);
            case 12 -> gradient(left, top, corner);
            case 13 -> halfGradient(mean(left, top), corner);
            default -> OPAQUE;
        };
    }

    /** Of each of four bytes, rounded down. */
    private static int mean(int one, int other) {
        return (((one ^ other) & 0xfefefefe) >>> 1) + (one & other);
    }

    /** Whichever of the two is nearer to what a plane through all three would have. */
    private static int nearer(int left, int top, int corner) {
        int toLeft = 0;
        int toTop = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            toLeft += Math.abs((top >> shift & 0xff) - (corner >> shift & 0xff));
            toTop += Math.abs((left >> shift & 0xff) - (corner >> shift & 0xff));
        }
        return toLeft < toTop ? left : top;
    }

    private static int gradient(int left, int top, int corner) {
        int pixel = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = (left >> shift & 0xff) + (top >> shift & 0xff) - (corner >> shift & 0xff);
            pixel |= Vp8Plane.clipped(value) << shift;
        }
        return pixel;
    }

    private static int halfGradient(int mean, int corner) {
        int pixel = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int value = mean >> shift & 0xff;
            pixel |= Vp8Plane.clipped(value + (value - (corner >> shift & 0xff)) / 2) << shift;
        }
        return pixel;
    }
}
