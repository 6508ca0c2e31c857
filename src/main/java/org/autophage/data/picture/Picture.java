package org.autophage.data.picture;

/**
 * One decoded picture: 8-bit values, upright as EXIF says and in sRGB where a profile says that they are in another space,
 * otherwise as they are in the file, which is how Pillow reads them. An alpha channel is dropped, a palette looked up, 16 bits become their upper 8.
 *
 * @param height rows, pixels
 * @param width columns, pixels
 * @param channels 1 for grey, 3 for RGB
 * @param pixels unsigned bytes in HWC layout
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
record Picture(int height, int width, int channels, byte[] pixels) {
    /** More than 8192 x 8192 in one picture is a decompression bomb, or no training image. */
    static final long MOST_PIXELS = 1L << 26;

    /** How files become pictures beside their settings, in words that are part of what a store is known by. */
    static final String MANNER = "upright sRGB";

    /** Height and width of the picture as it is to be seen, and whether it is grey, from a file's header. */
    record Header(int height, int width, boolean grey) {}

    /** Reads the header only. */
    static Header header(byte[] bytes) throws BadPictureException {
        return PictureFile.of(bytes).header();
    }

    /**
     * Decodes a file of one of the formats of {@link PictureFormat}.
     *
     * @throws BadPictureException if it is none of them, corrupt, truncated, too large, animated, or of colours that have no
     *     place in RGB
     */
    static Picture decode(byte[] bytes) throws BadPictureException {
        return PictureFile.of(bytes).decode();
    }

    /** The picture in RGB. */
    Picture inColour() {
        if (channels == 3) {
            return this;
        }
        byte[] colours = new byte[Math.multiplyExact(3, pixels.length)];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = pixels[i / 3];
        }
        return new Picture(height, width, 3, colours);
    }

    /** The picture in grey: the luma of ITU-R 601 in the fixed-point form of Pillow's {@code convert("L")}. */
    Picture inGrey() {
        if (channels == 1) {
            return this;
        }
        byte[] grey = new byte[height * width];
        for (int i = 0; i < grey.length; i++) {
            int red = Byte.toUnsignedInt(pixels[3 * i]);
            int green = Byte.toUnsignedInt(pixels[3 * i + 1]);
            int blue = Byte.toUnsignedInt(pixels[3 * i + 2]);
            grey[i] = (byte) ((19_595 * red + 38_470 * green + 7_471 * blue + 0x8000) >> 16);
        }
        return new Picture(height, width, 1, grey);
    }

    /** The largest square in the middle. */
    Picture centreSquare() {
        if (height == width) {
            return this;
        }
        int size = Math.min(height, width);
        int top = (height - size) / 2;
        int left = (width - size) / 2;
        byte[] square = new byte[size * size * channels];
        for (int row = 0; row < size; row++) {
            System.arraycopy(
                    pixels, ((top + row) * width + left) * channels, square, row * size * channels, size * channels);
        }
        return new Picture(size, size, channels, square);
    }
}
