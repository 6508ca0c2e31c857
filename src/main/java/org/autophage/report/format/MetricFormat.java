package org.autophage.report.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.records.ClassifierBasis;
import org.autophage.report.records.Estimate;

/** How values of a metric are written for a person, in decimals or digits as its scale has them. */
public final class MetricFormat {
    private MetricFormat() {}

    /** The key of a record's text that says which network a metric was measured with; empty for what a generation cost. */
    public static String measuredBy(Metric metric) {
        if (metric.isCost()) {
            return "";
        }
        boolean judged = ClassifierBasis.isJudged(metric) || metric.equals(Metrics.CLASSIFIER_ACCURACY);
        return (judged ? Basis.CLASSIFIER : Basis.FEATURES).key();
    }

    /** Whether it is a distance, whose growth is told as a ratio. */
    public static boolean isDistance(Metric metric) {
        return Metrics.DISTANCES.contains(metric);
    }

    /** The value as a page shows it. */
    public static String of(Metric metric, double value) {
        return plain(value, decimals(metric, value));
    }

    /** A number by itself, such as a deviation, with three significant digits. */
    public static String significant(double value) {
        return plain(value, decimals(value));
    }

    /**
     * A mean with the half-width of its interval, or with both ends where they are not equally far; the mean alone for one
     * seed. All with the mean's number of decimals.
     */
    public static String of(Metric metric, Estimate estimate) {
        return of(estimate, decimals(metric, estimate.mean()));
    }

    /** The same with so many decimals. */
    public static String of(Estimate estimate, int decimals) {
        return plain(estimate.mean(), decimals) + interval(estimate, decimals);
    }

    /**
     * A difference with its sign, and its half-width where it has one.
     *
     * @param change the difference
     * @param to the value that it leads to, whose number of decimals it takes
     */
    public static String change(Metric metric, Estimate change, double to) {
        return change(change, decimals(metric, to));
    }

    /** The same with so many decimals. */
    public static String change(Estimate change, int decimals) {
        String sign = change.mean() < 0 ? "−" : "+";
        return sign + plain(Math.abs(change.mean()), decimals) + interval(change, decimals);
    }

    private static String interval(Estimate estimate, int decimals) {
        if (!estimate.hasInterval()) {
            return "";
        }
        return estimate.isSymmetric()
                ? " ± " + plain(estimate.halfWidth(), decimals)
                : " [" + plain(estimate.low(), decimals) + ", " + plain(estimate.high(), decimals) + "]";
    }

    /** The decimals of a value by itself. */
    static int decimals(Metric metric, double value) {
        return switch (metric.scale()) {
            case SHARE -> 3;
            case COST -> 1;
            case NUMBER -> decimals(value);
        };
    }

    /** Decimals of three significant digits, six at most. */
    private static int decimals(double value) {
        double size = Math.abs(value);
        return size == 0 ? 3 : Math.max(0, Math.min(6, 2 - (int) Math.floor(Math.log10(size))));
    }

    private static String plain(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
