package org.autophage.metrics;

/**
 * Mean and covariance of a set of features: all that the Fréchet distance needs of it.
 *
 * @param mean (width), float64
 * @param covariance (width, width), row-major, divided by count − 1, float64
 * @param count number of samples behind them, at least 2; {@link #UNKNOWN} where a file does not say
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record FeatureStatistics(double[] mean, double[] covariance, int count) {
    /** In place of a number of samples that nobody knows. */
    public static final int UNKNOWN = 0;

    public FeatureStatistics {
        if (covariance.length != mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a covariance of %d values does not fit a mean of %d".formatted(covariance.length, mean.length));
        }
    }

    /** Number of features. */
    public int width() {
        return mean.length;
    }

    /** Sum of the features' variances. */
    double trace() {
        double trace = 0;
        for (int i = 0; i < mean.length; i++) {
            trace += covariance[i * mean.length + i];
        }
        return trace;
    }
}
