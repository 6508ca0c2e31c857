package org.autophage.metrics.features;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance Σ of a set of features, float64: all that the Fréchet distance needs of it. The covariance of fewer
 * samples than features is known by their deviations D, in which every computation is cheaper: Σ = DᵀD.
 */
public final class FeatureStatistics {
    /** In place of a number of samples that nobody knows. */
    public static final int UNKNOWN = 0;

    private final double[] mean;
    private final int count;
    /** Row-major; of these two the one that is not known is null. */
    private final double @Nullable [] covariance;

    private final double @Nullable [] deviations;

    /**
     * @param mean (width)
     * @param covariance (width, width), row-major, divided by count − 1
     * @param count number of samples behind them, at least 2; {@link #UNKNOWN} where a file does not say
     */
    public FeatureStatistics(double[] mean, double[] covariance, int count) {
        this(mean, covariance, null, count);
        if (covariance.length != mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a covariance of %d values does not fit a mean of %d".formatted(covariance.length, mean.length));
        }
    }

    private FeatureStatistics(
            double[] mean, double @Nullable [] covariance, double @Nullable [] deviations, int count) {
        this.mean = mean;
        this.covariance = covariance;
        this.deviations = deviations;
        this.count = count;
    }

    /** Those of at least two samples, fewer than they have features. */
    public static FeatureStatistics ofFew(Features features, double[] mean) {
        int width = mean.length;
        double[] deviations = new double[Math.multiplyExact(features.count(), width)];
        double scale = 1 / Math.sqrt(features.count() - 1.0);
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = scale * (features.value(i / width, i % width) - mean[i % width]);
        }
        return new FeatureStatistics(mean, null, deviations, features.count());
    }

    /** Mean of every feature, (width). */
    public double[] mean() {
        return mean;
    }

    /** Number of samples; {@link #UNKNOWN} where a file does not say. */
    public int count() {
        return count;
    }

    /** Number of features. */
    public int width() {
        return mean.length;
    }

    /** Whether the covariance is known to be singular, because there are no more samples than features. */
    public boolean isSingular() {
        return count != UNKNOWN && count <= width();
    }

    /** D, (count, width), row-major; null where only the covariance is known. */
    public double @Nullable [] deviations() {
        return deviations;
    }

    /** The covariance, (width, width), row-major, divided by count − 1. */
    public double[] covariance() {
        return deviations == null ? Objects.requireNonNull(covariance) : products(deviations, mean.length);
    }

    private static double[] products(double[] deviations, int width) {
        double[] products = new double[Math.multiplyExact(width, width)];
        for (int from = 0; from < deviations.length; from += width) {
            for (int i = 0; i < width; i++) {
                double one = deviations[from + i];
                for (int j = 0; j < width; j++) {
                    products[i * width + j] += one * deviations[from + j];
                }
            }
        }
        return products;
    }

    /** Sum of the features' variances. */
    public double trace() {
        double trace = 0;
        if (deviations != null) {
            for (double deviation : deviations) {
                trace += deviation * deviation;
            }
            return trace;
        }
        double[] whole = covariance();
        for (int i = 0; i < mean.length; i++) {
            trace += whole[i * mean.length + i];
        }
        return trace;
    }
}
