package org.autophage.report.records;

import java.util.Collection;
import java.util.Locale;
import org.autophage.statistics.Bootstrap;

/** How an interval over training seeds is computed. */
public enum IntervalMethod {
    /** Mean ± t(0.975, n − 1) · s / √n. */
    T("Student t interval"),
    /** The middle 95% of the means of seeds drawn with replacement. */
    BOOTSTRAP("bootstrap percentile interval");

    /**
     * Seeds that a bootstrap needs at least: from three, a mean of resamples has ten values, and the interval covers three
     * times in four instead of nineteen times in twenty.
     */
    public static final int LEAST_SEEDS = 5;

    private static final int RESAMPLES = 2_000;

    /** Fixed, so that one page is the same every time. */
    private static final Bootstrap RESAMPLING = new Bootstrap(RESAMPLES, Estimate.CONFIDENCE, 0);

    private final String label;

    IntervalMethod(String label) {
        this.label = label;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** "Student t interval". */
    public String label() {
        return label;
    }

    /** Mean and interval of one value a seed. */
    Estimate of(Collection<Double> values) {
        Estimate student = Estimate.of(values);
        if (this == T || values.size() < 2) {
            return student;
        }
        Bootstrap.Interval interval = RESAMPLING.ofMean(array(values));
        return student.within(interval.low(), interval.high());
    }

    /** The difference of two independent means, the second less the first. */
    public Estimate ofDifference(Collection<Double> from, Collection<Double> to) {
        Estimate welch = Estimate.ofDifference(from, to);
        if (this == T || !welch.hasInterval()) {
            return welch;
        }
        Bootstrap.Interval interval = RESAMPLING.ofDifference(array(from), array(to));
        return welch.within(interval.low(), interval.high());
    }

    private static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
