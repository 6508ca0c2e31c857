package org.autophage.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.data.Images;
import org.autophage.metrics.features.Features;

/** Data of any size: what is timed does not depend on what the pictures show. */
public final class RandomData {
    /** Of the labels. */
    public static final int CLASSES = 10;

    private RandomData() {}

    /** Grey images of evenly distributed pixels, labelled in turn. */
    public static Images images(int size, int count) {
        byte[] pixels = new byte[Math.multiplyExact(count, size * size)];
        new SplittableRandom(0).nextBytes(pixels);
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> i % CLASSES);
        return new Images(size, size, 1, CLASSES, pixels, labels);
    }

    /** Standard normal features, float32. */
    public static Features features(int count, int width, long seed) {
        java.util.Random random = new java.util.Random(seed);
        float[] values = new float[Math.multiplyExact(count, width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Features.ofRows(width, values);
    }
}
