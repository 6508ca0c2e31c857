package org.autophage.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * A mean with its 95% Student t interval. Over training seeds: mean ± t(0.975, n − 1) · s / √n, with s the standard
 * deviation over n seeds (÷ (n − 1)). Over replicas, of which a record holds mean and standard error e:
 * mean ± t(0.975, R − 1) · e, or over several such seeds mean ± t(0.975, Σ(R − 1)) · √Σe² / n. It speaks for one
 * generation and one metric; nothing is adjusted for looking at many of them.
 *
 * @param mean over the seeds
 * @param halfWidth of the interval; NaN for a single seed without replicas, which has none
 * @param seeds how many there were, n
 */
public record Estimate(double mean, double halfWidth, int seeds) {
    /** The probability that an interval covers. */
    public static final double CONFIDENCE = 0.95;

    /** Quantiles by degrees of freedom: a page needs few, thousands of times. */
    private static final Map<Long, Double> QUANTILES = new ConcurrentHashMap<>();

    /** The mean and interval of one value a seed. */
    static Estimate of(Collection<Double> values) {
        StreamingStatistics statistics = new StreamingStatistics();
        values.forEach(statistics::addValue);
        int n = values.size();
        double halfWidth = n < 2 ? Double.NaN : quantile(n - 1L) * statistics.getStandardDeviation() / Math.sqrt(n);
        return new Estimate(statistics.getMean(), halfWidth, n);
    }

    /** The mean of one measurement a seed; its interval is over replicas where all seeds have them. */
    static Estimate ofMeasurements(Collection<Measurement> seeds) {
        List<Double> values = seeds.stream().map(Measurement::value).toList();
        if (seeds.isEmpty() || !seeds.stream().allMatch(Measurement::hasInterval)) {
            return of(values);
        }
        double squares = 0;
        long freedom = 0;
        for (Measurement seed : seeds) {
            squares += seed.standardError() * seed.standardError();
            freedom += seed.replicas() - 1;
        }
        return new Estimate(of(values).mean(), quantile(freedom) * Math.sqrt(squares) / seeds.size(), seeds.size());
    }

    /**
     * The difference between two conditions, paired by seed: runs of one seed share their random streams, so the
     * differences vary less than the values do. Seeds that only one condition has are left out. How replicas of two
     * conditions vary together is not recorded; their standard errors are added, which is the most that the difference's
     * can be, so that the interval covers at least as often as it says.
     */
    static Estimate ofPairedChange(Map<Long, Measurement> from, Map<Long, Measurement> to) {
        SortedMap<Long, Measurement> differences = new TreeMap<>();
        from.forEach((seed, before) -> {
            Measurement after = to.get(seed);
            if (after != null) {
                differences.put(
                        seed,
                        new Measurement(
                                after.value() - before.value(),
                                before.standardError() + after.standardError(),
                                Math.min(before.replicas(), after.replicas())));
            }
        });
        return ofMeasurements(differences.values());
    }

    private static double quantile(long freedom) {
        return QUANTILES.computeIfAbsent(
                freedom, each -> new TDistribution(each).inverseCumulativeProbability((1 + CONFIDENCE) / 2));
    }

    /** Whether there were seeds or replicas enough for an interval. */
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
