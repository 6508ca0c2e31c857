package org.autophage.evaluation;

import java.io.IOException;
import java.util.Arrays;
import org.autophage.base.AutophageException;
import org.autophage.data.Images;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.NpyReader;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * What one array of NumPy's means: (N, width) of any numbers are features; (N, height, width) of bytes, and four dimensions
 * of any numbers of which one is the channels, are images. What could mean two things is refused.
 */
final class ArrayReading {
    private static final String RIGHT =
            "must be features (N, width) of numbers, or images (N, height, width, 1 or 3), uint8 from 0 to 255 or floats from 0 to 1 or from -1 to 1";

    private final String name;
    private final NpyReader array;
    private final int[] shape;

    private ArrayReading(String name, NpyReader array) {
        this.name = name;
        this.array = array;
        this.shape = array.shape();
    }

    /**
     * An array's samples.
     *
     * @param features null where they are images
     * @param images null where they are features
     * @param note how values became images, where that is not as they are; otherwise empty
     */
    record Read(@Nullable Features features, @Nullable Images images, String note) {}

    /** Whether an array of this header is one of images rather than of anything else. */
    static boolean looksLikeImages(NpyReader array) {
        int[] shape = array.shape();
        return shape.length == 4 || shape.length == 3 && array.type() == NpyArray.Type.UINT8;
    }

    /**
     * Reads an array.
     *
     * @throws AutophageException (usage) saying what was found and what would be right
     */
    static Read read(String name, NpyReader array) throws IOException {
        return new ArrayReading(name, array).read();
    }

    private Read read() throws IOException {
        if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
            throw wrong("it is empty: " + RIGHT);
        }
        if (shape.length == 2) {
            return new Read(features(), null, "");
        }
        if (looksLikeImages(array)) {
            return images();
        }
        throw wrong(
                switch (shape.length) {
                    case 0 -> RIGHT + "; this is one number";
                    case 1 -> RIGHT + "; of one feature a sample, (%d, 1)".formatted(shape[0]);
                    case 3 ->
                        RIGHT
                                + "; these may be grey images, which are then (%d, %d, %d, 1), or features, (%d, %d)"
                                        .formatted(shape[0], shape[1], shape[2], shape[0], (long) shape[1] * shape[2]);
                    default -> RIGHT;
                });
    }

    private Features features() throws IOException {
        return array.type() == NpyArray.Type.FLOAT32
                ? Features.ofRows(shape[1], array.floats())
                : Features.ofRows(shape[1], array.array().toDoubles());
    }

    private Read images() throws IOException {
        boolean channelsFirst = shape.length == 4 && isChannelsFirst();
        int channels = shape.length == 3 ? 1 : channelsFirst ? shape[1] : shape[3];
        int height = channelsFirst ? shape[2] : shape[1];
        int width = channelsFirst ? shape[3] : shape[2];
        NpyArray values = array.array();
        PixelRange range = values.type() == NpyArray.Type.UINT8 ? PixelRange.BYTES : range(values);
        byte[] pixels = range.bytes(values);
        if (channelsFirst) {
            pixels = channelsLast(pixels, channels, height * width);
        }
        String note = channelsFirst || range != PixelRange.BYTES
                ? "%s, %s of shape %s, is read as %d images of %dx%dx%d, channels %s, values %s"
                        .formatted(
                                name,
                                values.type(),
                                Arrays.toString(shape),
                                shape[0],
                                height,
                                width,
                                channels,
                                channelsFirst ? "first" : "last",
                                range.described())
                : "";
        return new Read(null, new Images(height, width, channels, 1, pixels, new int[shape[0]]), note);
    }

    private PixelRange range(NpyArray values) {
        try {
            return PixelRange.of(values);
        } catch (PixelRange.UnknownException unknown) {
            throw wrong(unknown.getMessage() + ": " + RIGHT);
        }
    }

    private boolean isChannelsFirst() {
        boolean first = isChannels(shape[1]);
        boolean last = isChannels(shape[3]);
        if (first && last) {
            throw wrong("its channels may come first or last: " + RIGHT);
        }
        if (!first && !last) {
            throw wrong(
                    shape[3] == 4 || shape[1] == 4
                            ? "4 channels are one too many, such as alpha: " + RIGHT
                            : "no dimension is one of channels: " + RIGHT);
        }
        return first;
    }

    private static boolean isChannels(int size) {
        return size == 1 || size == 3;
    }

    /** From (N, channels, pixels) to (N, pixels, channels). */
    private static byte[] channelsLast(byte[] planes, int channels, int area) {
        byte[] pixels = new byte[planes.length];
        for (int i = 0; i < pixels.length; i++) {
            int image = i / (channels * area);
            int within = i % (channels * area);
            pixels[i] = planes[image * channels * area + within % channels * area + within / channels];
        }
        return pixels;
    }

    private AutophageException wrong(String right) {
        return AutophageException.usage(
                "%s is %s of shape %s: %s".formatted(name, array.type(), Arrays.toString(shape), right));
    }
}
