package org.autophage.data.picture;

import java.util.stream.IntStream;
import org.autophage.data.Images;

/**
 * Makes images smaller: each new pixel is the mean of what it covers of the old ones, weighted by area and rounded to
 * nearest (halves to even, which keeps the mean). Antialiased for any ratio, and the image's mean grey is kept.
 */
public final class AreaResampling {
    private AreaResampling() {}

    /** Square images of this size, at most the old one. */
    public static Images shrink(Images images, int size) {
        if (images.height() == size && images.width() == size) {
            return images;
        }
        int newBytes = size * size * images.channels();
        byte[] pixels = new byte[Math.multiplyExact(images.count(), newBytes)];
        IntStream.range(0, images.count()).parallel().forEach(image -> {
            Picture old = new Picture(images.height(), images.width(), images.channels(), images.pixels(image));
            System.arraycopy(shrink(old, size), 0, pixels, image * newBytes, newBytes);
        });
        return new Images(size, size, images.channels(), images.classes(), pixels, images.labels());
    }

    /** The pixels of a square picture of this size, at most the old one. */
    public static byte[] shrink(Picture picture, int size) {
        if (size > picture.height() || size > picture.width()) {
            throw new IllegalArgumentException(
                    "%d x %d pixels cannot shrink to %d".formatted(picture.height(), picture.width(), size));
        }
        byte[] source = picture.pixels();
        int channels = picture.channels();
        Share[] rows = shares(picture.height(), size);
        Share[] columns = shares(picture.width(), size);
        byte[] target = new byte[size * size * channels];
        int at = 0;
        for (Share row : rows) {
            for (Share column : columns) {
                for (int channel = 0; channel < channels; channel++) {
                    double sum = 0;
                    for (int y = 0; y < row.weights.length; y++) {
                        int pixel = ((row.first + y) * picture.width() + column.first) * channels + channel;
                        for (int x = 0; x < column.weights.length; x++) {
                            sum += row.weights[y]
                                    * column.weights[x]
                                    * Byte.toUnsignedInt(source[pixel + x * channels]);
                        }
                    }
                    target[at++] = (byte) (int) Math.rint(sum);
                }
            }
        }
        return target;
    }

    /** The old pixels that a new one covers along one axis, and the share that each has in it; shares sum to 1. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Share(int first, double[] weights) {}

    private static Share[] shares(int from, int to) {
        Share[] shares = new Share[to];
        double ratio = (double) from / to;
        for (int i = 0; i < to; i++) {
            double start = i * ratio;
            double end = (i + 1) * ratio;
            int first = (int) start;
            double[] weights = new double[Math.min(from, (int) Math.ceil(end)) - first];
            for (int j = 0; j < weights.length; j++) {
                double overlap = Math.min(end, first + j + 1) - Math.max(start, first + j);
                weights[j] = Math.max(overlap, 0) / ratio;
            }
            shares[i] = new Share(first, weights);
        }
        return shares;
    }
}
