package org.autophage.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Labelled 8-bit images of one size, held as one array in NHWC layout. Immutable by convention: whoever hands an array
 * over does not write to it again.
 */
public final class Images implements Samples {
    private final int height;
    private final int width;
    private final int channels;
    private final int classes;
    private final byte[] pixels;
    private final int[] labels;

    /**
     * @param height rows of an image, pixels
     * @param width columns of an image, pixels
     * @param channels 1 for grey, 3 for RGB
     * @param classes number of classes; labels lie in [0, classes)
     * @param pixels unsigned bytes in NHWC layout, {@code labels.length * height * width * channels} of them
     * @param labels one label an image
     */
    public Images(int height, int width, int channels, int classes, byte[] pixels, int[] labels) {
        if ((long) labels.length * height * width * channels != pixels.length) {
            throw new IllegalArgumentException("%d labels of %d x %d x %d images do not fit %d bytes"
                    .formatted(labels.length, height, width, channels, pixels.length));
        }
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.classes = classes;
        this.pixels = pixels;
        this.labels = labels;
    }

    @Override
    public int count() {
        return labels.length;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int channels() {
        return channels;
    }

    public int classes() {
        return classes;
    }

    /** Unsigned bytes in NHWC layout; not to be written to. */
    public byte[] pixels() {
        return pixels;
    }

    /** One label an image; not to be written to. */
    public int[] labels() {
        return labels;
    }

    /** Bytes of one image. */
    public int imageBytes() {
        return height * width * channels;
    }

    @Override
    public Images select(int[] positions) {
        int size = imageBytes();
        byte[] chosen = new byte[Math.multiplyExact(positions.length, size)];
        int[] chosenLabels = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(pixels, positions[i] * size, chosen, i * size, size);
            chosenLabels[i] = labels[positions[i]];
        }
        return new Images(height, width, channels, classes, chosen, chosenLabels);
    }

    /** The images at positions from (inclusive) to to (exclusive). */
    public Images slice(int from, int to) {
        int size = imageBytes();
        return new Images(
                height,
                width,
                channels,
                classes,
                Arrays.copyOfRange(pixels, from * size, to * size),
                Arrays.copyOfRange(labels, from, to));
    }

    @Override
    public Images joined(List<? extends Samples> parts) {
        int count = parts.stream().mapToInt(Samples::count).reduce(0, Math::addExact);
        byte[] all = new byte[Math.multiplyExact(count, imageBytes())];
        int[] allLabels = new int[count];
        int at = 0;
        for (Samples each : parts) {
            Images part = (Images) each;
            if (part.height != height || part.width != width || part.channels != channels) {
                throw new IllegalArgumentException("images of different sizes cannot be put together: " + describeSize()
                        + " and " + part.describeSize());
            }
            System.arraycopy(part.pixels, 0, all, at * imageBytes(), part.pixels.length);
            System.arraycopy(part.labels, 0, allLabels, at, part.count());
            at += part.count();
        }
        return new Images(height, width, channels, classes, all, allLabels);
    }

    @Override
    public void write(Path file) {
        ImageArchive.write(this, file);
    }

    @Override
    public void draw(Path file) {
        ImageGrid.OF_CLASSES.write(this, file);
    }

    /** Height x width x channels, for messages. */
    public String describeSize() {
        return height + "x" + width + "x" + channels;
    }
}
