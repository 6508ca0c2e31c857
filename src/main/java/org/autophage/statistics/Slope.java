package org.autophage.statistics;

import java.util.Arrays;

/**
 * The slope of the straight line of least squares, which is a weighted sum of the values: Σ w y with
 * w = (x − x̄) / Σ(x − x̄)².
 */
public final class Slope {
    private Slope() {}

    /**
     * The weights of the values, in the places' order.
     *
     * @param places where the values lie, at least two different ones
     */
    public static double[] weights(double[] places) {
        double middle = Arrays.stream(places).average().orElseThrow();
        double spread =
                Arrays.stream(places).map(x -> (x - middle) * (x - middle)).sum();
        if (!(spread > 0)) {
            throw new IllegalArgumentException("a slope needs values in two places");
        }
        return Arrays.stream(places).map(x -> (x - middle) / spread).toArray();
    }
}
