package org.autophage.data.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;

/**
 * Palettes of TIFF have 16 bits a colour, of which the upper 8 are taken, as libtiff and Pillow do; Java's reader scales them,
 * which gives other values where a writer has put 8 bits into the upper half.
 */
final class TiffPalette {
    private static final int CHANNELS = 3;

    private TiffPalette() {}

    /** The image with its palette as it stands in the file; others as they are. */
    static BufferedImage exact(BufferedImage image, ImageReader reader) throws IOException {
        if (!(image.getColorModel() instanceof IndexColorModel scaled)) {
            return image;
        }
        TIFFField field = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0))
                .getTIFFField(BaselineTIFFTagSet.TAG_COLOR_MAP);
        if (field == null || field.getCount() != CHANNELS * scaled.getMapSize()) {
            return image;
        }
        char[] values = field.getAsChars();
        byte[][] colours = new byte[CHANNELS][scaled.getMapSize()];
        for (int i = 0; i < values.length; i++) {
            colours[i / scaled.getMapSize()][i % scaled.getMapSize()] = (byte) (values[i] >> Byte.SIZE);
        }
        IndexColorModel exact =
                new IndexColorModel(scaled.getPixelSize(), scaled.getMapSize(), colours[0], colours[1], colours[2]);
        return new BufferedImage(exact, image.getRaster(), false, null);
    }
}
