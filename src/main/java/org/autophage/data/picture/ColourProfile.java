package org.autophage.data.picture;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.Sha256;
import org.jspecify.annotations.Nullable;

/** Brings values that an ICC profile explains to sRGB, as Little CMS does it. */
final class ColourProfile {
    /** Profiles that are kept: pictures of a set have few. */
    private static final int KEPT = 16;

    private static final Map<String, Optional<ColourProfile>> KNOWN = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<ColourProfile>> eldest) {
            return size() > KEPT;
        }
    };

    /** Values of a channel that are looked at to see whether a profile is sRGB itself. */
    private static final int[] LEVELS = {0, 16, 48, 80, 112, 144, 176, 208, 240, 255};

    private final ICC_Profile profile;
    private final int channels;
    private final boolean identity;

    private ColourProfile(ICC_Profile profile) {
        this.profile = profile;
        this.channels = profile.getNumComponents();
        this.identity = channels == 3 && changesNothing();
    }

    /**
     * A profile for values of so many channels.
     *
     * @return empty if there is none, it cannot be read, or is for another number of channels
     */
    static Optional<ColourProfile> of(byte @Nullable [] bytes, int channels) {
        if (bytes == null) {
            return Optional.empty();
        }
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(Sha256.of(bytes), key -> read(bytes))
                    .filter(found -> found.channels == channels);
        }
    }

    private static Optional<ColourProfile> read(byte[] bytes) {
        try {
            return Optional.of(new ColourProfile(ICC_Profile.getInstance(bytes)));
        } catch (RuntimeException noProfile) {
            return Optional.empty();
        }
    }

    /** Whether it is sRGB, or so near that only rounding tells them apart: such pictures are left as they are. */
    private boolean changesNothing() {
        byte[] colours = new byte[LEVELS.length * LEVELS.length * LEVELS.length * 3];
        int at = 0;
        for (int red : LEVELS) {
            for (int green : LEVELS) {
                for (int blue : LEVELS) {
                    colours[at++] = (byte) red;
                    colours[at++] = (byte) green;
                    colours[at++] = (byte) blue;
                }
            }
        }
        byte[] converted = convert(colours, colours.length / 3, 1);
        return IntStream.range(0, colours.length)
                .allMatch(i -> Math.abs((colours[i] & 0xff) - (converted[i] & 0xff)) <= 1);
    }

    /**
     * A picture in sRGB.
     *
     * @param values unsigned bytes in HWC layout; of four channels inks, 255 for all of it
     */
    Picture toSrgb(int height, int width, byte[] values) {
        if (identity) {
            return new Picture(height, width, 3, values);
        }
        byte[] colours = convert(values, width, height);
        if (channels > 1) {
            return new Picture(height, width, 3, colours);
        }
        byte[] grey = new byte[height * width];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = colours[3 * i + 1];
        }
        return new Picture(height, width, 1, grey);
    }

    private byte[] convert(byte[] values, int width, int height) {
        ColorConvertOp conversion =
                new ColorConvertOp(new ICC_ColorSpace(profile), ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
        byte[] colours = new byte[3 * width * height];
        conversion.filter(raster(values, width, height, channels), raster(colours, width, height, 3));
        return colours;
    }

    private static WritableRaster raster(byte[] values, int width, int height, int channels) {
        int[] offsets = IntStream.range(0, channels).toArray();
        return Raster.createWritableRaster(
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_BYTE, width, height, channels, channels * width, offsets),
                new DataBufferByte(values, values.length),
                null);
    }
}
