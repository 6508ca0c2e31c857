package org.autophage.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much each sample of a training set counts in the fit: all alike, or the real samples, which come first, share one
 * part of the total weight evenly and the synthetic ones the rest.
 *
 * @param real how many real samples there are; more than 0 unless their share is 0
 * @param realShare of the total weight, in [0, 1]; null if all samples count alike
 */
public record Weights(int real, @Nullable Double realShare) {
    /** All samples count alike, however many there are. */
    public static final Weights EQUAL = new Weights(0, null);

    /**
     * The weights of all samples, of mean 1.
     *
     * @param count how many samples there are; more than {@link #real} unless the share of the real ones is 1
     */
    public double[] values(int count) {
        double[] values = new double[count];
        if (realShare == null) {
            Arrays.fill(values, 1);
        } else {
            Arrays.fill(values, 0, real, realShare * count / real);
            Arrays.fill(values, real, count, (1 - realShare) * count / (count - real));
        }
        return values;
    }

    /** The same in float32. */
    public float[] floats(int count) {
        double[] values = values(count);
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
