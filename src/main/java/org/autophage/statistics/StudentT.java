package org.autophage.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.TDistribution;

/** Student's t distribution, by its degrees of freedom, which need not be whole (Welch's are not). */
public final class StudentT {
    /** A quantile's two arguments: pages ask for few, thousands of times. */
    private record Place(double probability, double freedom) {}

    private static final Map<Place, Double> QUANTILES = new ConcurrentHashMap<>();

    private StudentT() {}

    /**
     * The value that a share of the distribution lies below.
     *
     * @param probability in (0, 1)
     * @param freedom above 0
     */
    public static double quantile(double probability, double freedom) {
        return QUANTILES.computeIfAbsent(new Place(probability, freedom), place -> new TDistribution(freedom)
                .inverseCumulativeProbability(probability));
    }

    /** The probability of a value at most t. */
    public static double below(double t, double freedom) {
        return new TDistribution(freedom).cumulativeProbability(t);
    }

    /** The probability of a value at least as far from zero as t, on either side; 0 for an infinite t. */
    public static double twoSided(double t, double freedom) {
        return Double.isInfinite(t) ? 0 : 2 * below(-Math.abs(t), freedom);
    }
}
