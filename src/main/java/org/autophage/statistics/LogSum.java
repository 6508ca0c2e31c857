package org.autophage.statistics;

/** Sums of numbers that are known by their natural logarithms. */
public final class LogSum {
    private LogSum() {}

    /** ln(eᵃ + eᵇ); one of them may be −∞, which stands for 0. */
    public static double of(double a, double b) {
        double larger = Math.max(a, b);
        return larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }
}
