package org.autophage.data.webp;

import java.io.IOException;

/**
 * A lossy WebP picture. Chroma, which is half as wide and high as luma, is interpolated and becomes RGB with the numbers of
 * libwebp, so that values are its.
 */
public final class LossyWebp {
    private final Vp8Header header;

    /**
     * Reads the header.
     *
     * @param bytes a file
     * @param start of the content of its part {@code VP8 }
     * @param end behind it
     * @throws IOException if it is damaged, in words that follow "it is corrupt: "
     */
    public LossyWebp(byte[] bytes, int start, int end) throws IOException {
        header = new Vp8Header(bytes, start, end);
    }

    /** Rows, pixels. */
    public int height() {
        return header.height;
    }

    /** Columns, pixels. */
    public int width() {
        return header.width;
    }

    /** Decodes it, once: unsigned bytes, RGB, in HWC layout. */
    public byte[] decode() {
        Vp8Frame frame = new Vp8Frame(header);
        byte[] pixels = new byte[3 * header.height * header.width];
        int at = 0;
        for (int y = 0; y < header.height; y++) {
            for (int x = 0; x < header.width; x++) {
                int luma = 19_077 * frame.luma.value(frame.luma.at(x, y)) >> 8;
                int blue = chroma(frame.blue, x, y);
                int red = chroma(frame.red, x, y);
                pixels[at++] = byteOf(luma + (26_149 * red >> 8) - 14_234);
                pixels[at++] = byteOf(luma - (6_419 * blue >> 8) - (13_320 * red >> 8) + 8_708);
                pixels[at++] = byteOf(luma + (33_050 * blue >> 8) - 17_685);
            }
        }
        return pixels;
    }

    /** The value at a pixel: of the four nearest, the nearest counts 9 times, those beside it 3 times, in two steps. */
    private int chroma(Vp8Plane plane, int x, int y) {
        int column = x / 2;
        int row = y / 2;
        int beside = Math.max(0, Math.min((header.width - 1) / 2, x % 2 == 0 ? column - 1 : column + 1));
        int beyond = Math.max(0, Math.min((header.height - 1) / 2, y % 2 == 0 ? row - 1 : row + 1));
        int nearest = plane.value(plane.at(column, row));
        int horizontal = plane.value(plane.at(beside, row));
        int vertical = plane.value(plane.at(column, beyond));
        int diagonal = plane.value(plane.at(beside, beyond));
        int sum = nearest + horizontal + vertical + diagonal + 8;
        return (sum + 2 * (horizontal + vertical) >> 3) + nearest >> 1;
    }

    private static byte byteOf(int value) {
        return (byte) Vp8Plane.clipped(value >> 6);
    }
}
