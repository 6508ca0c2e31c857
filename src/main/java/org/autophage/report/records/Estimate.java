package org.autophage.report.records;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.measure.Measure;
import org.autophage.statistics.StudentT;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * A mean with its 95% interval, Student's unless said otherwise. Over training seeds: mean ± t(0.975, n − 1) · s / √n,
 * with s the standard deviation over n seeds (÷ (n − 1)). Over replicas, of which a record holds mean and standard error
 * e: mean ± t(0.975, R − 1) · e, or over several such seeds mean ± t(0.975, Σ(R − 1)) · √Σe² / n. It speaks for one
 * generation and one metric; nothing is adjusted for looking at many of them.
 *
 * @param mean over the seeds
 * @param low end of the interval; NaN for a single seed without replicas, which has none
 * @param high end of the interval, NaN like {@code low}
 * @param probability two-sided p-value of a mean of zero by Student's t, NaN like {@code low}
 * @param seeds how many there were, n
 */
public record Estimate(double mean, double low, double high, double probability, int seeds) {
    /** The probability that an interval covers. */
    public static final double CONFIDENCE = 0.95;

    /** A value without an interval. */
    public static Estimate alone(double mean, int seeds) {
        return new Estimate(mean, Double.NaN, Double.NaN, Double.NaN, seeds);
    }

    /** A mean whose standard error is known with so many degrees of freedom. */
    static Estimate student(double mean, double standardError, double freedom, int seeds) {
        double halfWidth = StudentT.quantile((1 + CONFIDENCE) / 2, freedom) * standardError;
        double probability = mean == 0 ? 1 : StudentT.twoSided(mean / standardError, freedom);
        return new Estimate(mean, mean - halfWidth, mean + halfWidth, probability, seeds);
    }

    /** The mean and interval of one value a seed. */
    public static Estimate of(Collection<Double> values) {
        StreamingStatistics statistics = new StreamingStatistics();
        values.forEach(statistics::addValue);
        int n = values.size();
        return n < 2
                ? alone(statistics.getMean(), n)
                : student(statistics.getMean(), statistics.getStandardDeviation() / Math.sqrt(n), n - 1, n);
    }

    /**
     * The difference of two independent means, the second less the first, with Welch's degrees of freedom. Its number of
     * seeds is the smaller of the two.
     */
    static Estimate ofDifference(Collection<Double> from, Collection<Double> to) {
        StreamingStatistics before = new StreamingStatistics();
        StreamingStatistics after = new StreamingStatistics();
        from.forEach(before::addValue);
        to.forEach(after::addValue);
        int seeds = Math.min(from.size(), to.size());
        double change = after.getMean() - before.getMean();
        if (seeds < 2) {
            return alone(change, seeds);
        }
        double a = before.getVariance() / from.size();
        double b = after.getVariance() / to.size();
        double freedom = a + b == 0
                ? from.size() + to.size() - 2
                : (a + b) * (a + b) / (a * a / (from.size() - 1) + b * b / (to.size() - 1));
        return student(change, Math.sqrt(a + b), freedom, seeds);
    }

    /** The mean of one measurement a seed; its interval is over replicas where all seeds have them. */
    public static Estimate ofMeasurements(Collection<Measure> seeds) {
        return ofMeasurements(seeds, IntervalMethod.T);
    }

    /** The same with another method over seeds; over replicas only Student's t is possible. */
    public static Estimate ofMeasurements(Collection<Measure> seeds, IntervalMethod method) {
        List<Double> values = seeds.stream().map(Measure::value).toList();
        if (seeds.isEmpty() || !seeds.stream().allMatch(Measure::hasInterval)) {
            return method.of(values);
        }
        double squares = 0;
        long freedom = 0;
        for (Measure seed : seeds) {
            squares += seed.standardError() * seed.standardError();
            freedom += seed.replicas() - 1;
        }
        return student(of(values).mean(), Math.sqrt(squares) / seeds.size(), freedom, seeds.size());
    }

    /**
     * The difference between two conditions, paired by seed: runs of one seed share their random streams, so the
     * differences vary less than the values do. Seeds that only one condition has are left out. How replicas of two
     * conditions vary together is not recorded; their standard errors are added, which is the most that the difference's
     * can be, so that the interval covers at least as often as it says.
     */
    public static Estimate ofPairedChange(Map<Long, Measure> from, Map<Long, Measure> to) {
        return ofPairedChange(from, to, IntervalMethod.T);
    }

    /** The same with another method over seeds. */
    public static Estimate ofPairedChange(Map<Long, Measure> from, Map<Long, Measure> to, IntervalMethod method) {
        SortedMap<Long, Measure> differences = new TreeMap<>();
        from.forEach((seed, before) -> {
            Measure after = to.get(seed);
            if (after != null) {
                differences.put(
                        seed,
                        new Measure(
                                after.value() - before.value(),
                                before.standardError() + after.standardError(),
                                Math.min(before.replicas(), after.replicas())));
            }
        });
        return ofMeasurements(differences.values(), method);
    }

    /** The same mean within another interval. */
    public Estimate within(double newLow, double newHigh) {
        return new Estimate(mean, newLow, newHigh, probability, seeds);
    }

    /** The same without its interval. */
    public Estimate withoutInterval() {
        return alone(mean, seeds);
    }

    /** In another unit. */
    public Estimate dividedBy(double unit) {
        return new Estimate(mean / unit, low / unit, high / unit, probability, seeds);
    }

    /** Whether there were seeds or replicas enough for an interval. */
    public boolean hasInterval() {
        return !Double.isNaN(low);
    }

    /** Whether the interval leaves out zero; false where there is no interval. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }

    /** Whether there is a value at all. */
    public boolean isPresent() {
        return seeds > 0;
    }

    /** Half the interval's width; NaN where there is none. */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /** Whether the mean is the interval's middle, so that ± says it. */
    public boolean isSymmetric() {
        return Math.abs(mean - low - (high - mean)) <= 1e-9 * (high - low);
    }
}
