package org.autophage.data;

import java.util.stream.IntStream;

/**
 * Makes images smaller: each new pixel is the mean of what it covers of the old ones, weighted by area and rounded to
 * nearest (halves to even, which keeps the mean). Antialiased for any ratio, and the image's mean grey is kept.
 */
final class AreaResampling {
    private AreaResampling() {}

    /** Square images of this size, at most the old one. */
    static Images shrink(Images images, int size) {
        if (images.height() == size && images.width() == size) {
            return images;
        }
        if (size > images.height() || size > images.width()) {
            throw new IllegalArgumentException(images.describeSize() + " images cannot shrink to " + size);
        }
        double[][] rows = weights(images.height(), size);
        double[][] columns = weights(images.width(), size);
        int newBytes = size * size * images.channels();
        byte[] pixels = new byte[Math.multiplyExact(images.count(), newBytes)];
        IntStream.range(0, images.count())
                .parallel()
                .forEach(image -> shrink(images, image, rows, columns, pixels, image * newBytes));
        return new Images(size, size, images.channels(), images.classes(), pixels, images.labels());
    }

    private static void shrink(
            Images images, int image, double[][] rows, double[][] columns, byte[] target, int targetOffset) {
        byte[] source = images.pixels();
        int channels = images.channels();
        int offset = image * images.imageBytes();
        int at = targetOffset;
        for (double[] rowWeights : rows) {
            for (double[] columnWeights : columns) {
                for (int channel = 0; channel < channels; channel++) {
                    double sum = 0;
                    for (int row = 0; row < rowWeights.length; row++) {
                        if (rowWeights[row] == 0) {
                            continue;
                        }
                        for (int column = 0; column < columnWeights.length; column++) {
                            if (columnWeights[column] != 0) {
                                int pixel = offset + (row * images.width() + column) * channels + channel;
                                sum += rowWeights[row] * columnWeights[column] * Byte.toUnsignedInt(source[pixel]);
                            }
                        }
                    }
                    target[at++] = (byte) (int) Math.rint(sum);
                }
            }
        }
    }

    /** For each new pixel the share that each old pixel has in it; each row sums to 1. */
    private static double[][] weights(int from, int to) {
        double[][] weights = new double[to][from];
        double ratio = (double) from / to;
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < from; j++) {
                double overlap = Math.min((i + 1) * ratio, j + 1) - Math.max(i * ratio, j);
                weights[i][j] = Math.max(overlap, 0) / ratio;
            }
        }
        return weights;
    }
}
