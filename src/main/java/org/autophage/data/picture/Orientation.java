package org.autophage.data.picture;

/** Turns and mirrors pictures as EXIF's orientations 1 to 8 ask for. */
final class Orientation {
    private Orientation() {}

    /** The picture as it is to be seen. */
    static Picture upright(Picture picture, int orientation) {
        if (orientation == 1) {
            return picture;
        }
        boolean turned = orientation >= 5;
        int height = turned ? picture.width() : picture.height();
        int width = turned ? picture.height() : picture.width();
        int channels = picture.channels();
        byte[] pixels = new byte[picture.pixels().length];
        int lastRow = picture.height() - 1;
        int lastColumn = picture.width() - 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                // Where EXIF says that row 0 and column 0 of the file are.
                int row =
                        switch (orientation) {
                            case 2 -> y;
                            case 3, 4 -> lastRow - y;
                            case 5, 8 -> x;
                            default -> lastRow - x;
                        };
                int column =
                        switch (orientation) {
                            case 2, 3 -> lastColumn - x;
                            case 4 -> x;
                            case 5, 6 -> y;
                            default -> lastColumn - y;
                        };
                System.arraycopy(
                        picture.pixels(),
                        (row * picture.width() + column) * channels,
                        pixels,
                        (y * width + x) * channels,
                        channels);
            }
        }
        return new Picture(height, width, channels, pixels);
    }
}
