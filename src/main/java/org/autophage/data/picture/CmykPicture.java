package org.autophage.data.picture;

import java.awt.image.Raster;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pictures of four inks, as printers' programs write them: by their profile, or by the simple formula of Pillow. */
final class CmykPicture {
    private static final int CHANNELS = 4;

    private CmykPicture() {}

    /**
     * The picture of a JPEG, whose inks are written the wrong way round, as all programs do since Adobe's.
     *
     * @param raster its values as they are in the file
     * @param mixed whether three of them are luma and chroma (YCCK)
     */
    static Picture ofJpeg(Raster raster, boolean mixed, byte @Nullable [] profile) {
        byte[] inks = values(raster);
        for (int i = 0; i < inks.length; i += CHANNELS) {
            if (mixed) {
                int luma = inks[i] & 0xff;
                int blue = (inks[i + 1] & 0xff) - 128;
                int red = (inks[i + 2] & 0xff) - 128;
                // libjpeg's numbers: shares of 2^16, rounded
                inks[i] = clipped(luma + (91_881 * red + 32_768 >> 16));
                inks[i + 1] = clipped(luma + (-22_554 * blue - 46_802 * red + 32_768 >> 16));
                inks[i + 2] = clipped(luma + (116_130 * blue + 32_768 >> 16));
                inks[i + 3] = (byte) ~inks[i + 3];
            } else {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    inks[i + channel] = (byte) ~inks[i + channel];
                }
            }
        }
        return of(raster.getHeight(), raster.getWidth(), inks, profile);
    }

    /** The picture of inks. */
    static Picture ofInks(Raster raster, byte @Nullable [] profile) {
        return of(raster.getHeight(), raster.getWidth(), values(raster), profile);
    }

    private static Picture of(int height, int width, byte[] inks, byte @Nullable [] profile) {
        Optional<ColourProfile> known = ColourProfile.of(profile, CHANNELS);
        if (known.isPresent()) {
            return known.get().toSrgb(height, width, inks);
        }
        byte[] pixels = new byte[3 * height * width];
        for (int i = 0; i < height * width; i++) {
            int light = 255 - (inks[CHANNELS * i + 3] & 0xff);
            for (int channel = 0; channel < 3; channel++) {
                int product = (inks[CHANNELS * i + channel] & 0xff) * light + 128;
                pixels[3 * i + channel] = (byte) (light - ((product >> 8) + product >> 8));
            }
        }
        return new Picture(height, width, 3, pixels);
    }

    private static byte clipped(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static byte[] values(Raster raster) {
        byte[] values = new byte[CHANNELS * raster.getHeight() * raster.getWidth()];
        int[] row = new int[CHANNELS * raster.getWidth()];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
            for (int value : row) {
                values[at++] = (byte) value;
            }
        }
        return values;
    }
}
