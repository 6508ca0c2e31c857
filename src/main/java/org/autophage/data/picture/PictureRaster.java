package org.autophage.data.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;

/**
 * The values in Java's decoded images. They are taken from the raster: {@code getRGB} would convert between colour
 * spaces, and for grey it would apply a gamma that the file does not have.
 */
final class PictureRaster {
    private PictureRaster() {}

    /** Whether a file's colour type is grey, with or without alpha; a palette counts as colour unless all of it is grey. */
    static boolean isGrey(ImageReader reader, PictureFormat format) throws IOException, BadPictureException {
        ImageTypeSpecifier type = reader.getRawImageType(0);
        if (type == null) {
            if (format == PictureFormat.JPEG) {
                return false; // The JPEG reader has no Java type for four channels, and says so in this way.
            }
            throw new BadPictureException("it has channels that are not known: must be grey, RGB or CMYK");
        }
        ColorModel colors = type.getColorModel();
        return colors instanceof IndexColorModel palette ? isGrey(palette) : colors.getNumColorComponents() == 1;
    }

    /** Whether an image has four inks. */
    static boolean isInks(BufferedImage image) {
        int type = image.getColorModel().getColorSpace().getType();
        return image.getRaster().getNumBands() == 4
                && image.getSampleModel().getSampleSize(0) == Byte.SIZE
                && (type == ColorSpace.TYPE_CMYK || type == ColorSpace.TYPE_4CLR);
    }

    /** The picture in an image as a reader gives it. */
    static Picture toPicture(BufferedImage image) throws BadPictureException {
        ColorModel colors = image.getColorModel();
        Raster raster = image.getRaster();
        int height = image.getHeight();
        int width = image.getWidth();
        boolean indexed = colors instanceof IndexColorModel;
        int channels =
                indexed ? (isGrey((IndexColorModel) colors) ? 1 : 3) : colors.getNumColorComponents() == 1 ? 1 : 3;
        if (!indexed && raster.getNumBands() - (colors.hasAlpha() ? 1 : 0) != channels) {
            throw new BadPictureException(
                    "it has %d colour channels: must be grey or RGB".formatted(raster.getNumBands()));
        }
        int stored = raster.getTransferType();
        if (stored == DataBuffer.TYPE_FLOAT
                || stored == DataBuffer.TYPE_DOUBLE
                || raster.getSampleModel().getSampleSize(0) > Short.SIZE) {
            throw new BadPictureException("it has values of more than 16 bits: must have 8 or 16");
        }
        byte[] pixels = new byte[height * width * channels];
        int[] row = new int[width * raster.getNumBands()];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    pixels[at++] = (byte)
                            (colors instanceof IndexColorModel palette
                                    ? entry(palette, row[x], channel)
                                    : eightBits(
                                            row[x * raster.getNumBands() + channel], colors.getComponentSize(channel)));
                }
            }
        }
        return new Picture(height, width, channels, pixels);
    }

    private static int entry(IndexColorModel palette, int index, int channel) {
        return switch (channel) {
            case 0 -> palette.getRed(index);
            case 1 -> palette.getGreen(index);
            default -> palette.getBlue(index);
        };
    }

    /** The upper 8 bits of more; fewer are spread so that their largest value becomes 255. */
    private static int eightBits(int value, int bits) {
        return bits >= Byte.SIZE ? value >> (bits - Byte.SIZE) : value * 255 / ((1 << bits) - 1);
    }

    private static boolean isGrey(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }
}
