package org.autophage.report;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * A mean over training seeds with its 95% Student t interval: mean ± t(0.975, n − 1) · s / √n, with s the standard
 * deviation over n seeds (÷ (n − 1)). It speaks for one generation and one metric; nothing is adjusted for looking at
 * many of them.
 *
 * @param mean over the seeds
 * @param halfWidth of the interval; NaN for a single seed, which has none
 * @param seeds how many there were, n
 */
public record Estimate(double mean, double halfWidth, int seeds) {
    /** The probability that an interval covers. */
    public static final double CONFIDENCE = 0.95;

    /** The mean and interval of one value a seed. */
    static Estimate of(Collection<Double> values) {
        StreamingStatistics statistics = new StreamingStatistics();
        values.forEach(statistics::addValue);
        int n = values.size();
        double halfWidth = n < 2
                ? Double.NaN
                : new TDistribution(n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                        * statistics.getStandardDeviation()
                        / Math.sqrt(n);
        return new Estimate(statistics.getMean(), halfWidth, n);
    }

    /**
     * The difference between two conditions, paired by seed: runs of one seed share their random streams, so the
     * differences vary less than the values do. Seeds that only one condition has are left out.
     */
    static Estimate ofPairedChange(Map<Long, Double> from, Map<Long, Double> to) {
        SortedMap<Long, Double> differences = new TreeMap<>();
        from.forEach((seed, value) -> {
            Double other = to.get(seed);
            if (other != null) {
                differences.put(seed, other - value);
            }
        });
        return of(differences.values());
    }

    /** Whether there were seeds enough for an interval. */
    public boolean hasInterval() {
        return !Double.isNaN(halfWidth);
    }

    /** Whether the interval leaves out zero; false where there is no interval. */
    public boolean excludesZero() {
        return hasInterval() && Math.abs(mean) > halfWidth;
    }

    /** Whether there is a value at all. */
    public boolean isPresent() {
        return seeds > 0;
    }

    double low() {
        return mean - halfWidth;
    }

    double high() {
        return mean + halfWidth;
    }
}
