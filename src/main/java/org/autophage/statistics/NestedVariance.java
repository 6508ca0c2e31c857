package org.autophage.statistics;

import java.util.List;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * The variance of a figure split into what training again moves and what sampling the same model again moves: the one-way analysis of
 * variance with random effects, balanced (Searle, Casella and McCulloch, Variance Components, 1992, chapter 3). The interval of the share
 * is exact where both effects are normal, since the ratio of the mean squares then is an F variable times 1 + k σ²ₜ / σ²ₛ.
 *
 * @param trainings how many models, at least 2
 * @param samplings how often each was sampled, k, at least 2
 * @param sampling σ²ₛ: mean over the models of the variance (÷ (k − 1)) over samplings of one
 * @param training σ²ₜ: the variance of the models' means less σ²ₛ / k, unbiased, and so below zero where chance has it
 * @param low end of the 95% interval of training's share σ²ₜ / (σ²ₜ + σ²ₛ), at least 0
 * @param high end of it
 */
public record NestedVariance(int trainings, int samplings, double sampling, double training, double low, double high) {
    private static final double CONFIDENCE = 0.95;

    /**
     * Splits.
     *
     * @param figures of each model one a sampling, all of the same number
     * @throws IllegalArgumentException if there are fewer than two of either, or unequal numbers
     */
    public static NestedVariance of(List<double[]> figures) {
        int trainings = figures.size();
        int samplings = figures.isEmpty() ? 0 : figures.get(0).length;
        if (trainings < 2 || samplings < 2 || figures.stream().anyMatch(each -> each.length != samplings)) {
            throw new IllegalArgumentException("needs two models or more, sampled equally often, twice or more");
        }
        StreamingStatistics means = new StreamingStatistics();
        double within = 0;
        for (double[] model : figures) {
            StreamingStatistics values = new StreamingStatistics();
            for (double value : model) {
                values.addValue(value);
            }
            means.addValue(values.getMean());
            within += values.getVariance() / trainings;
        }
        double between = samplings * means.getVariance();
        FDistribution ratio = new FDistribution(trainings - 1.0, trainings * (samplings - 1.0));
        return new NestedVariance(
                trainings,
                samplings,
                within,
                (between - within) / samplings,
                share(between, within * ratio.inverseCumulativeProbability((1 + CONFIDENCE) / 2), samplings),
                share(between, within * ratio.inverseCumulativeProbability((1 - CONFIDENCE) / 2), samplings));
    }

    /** Training's share of the variance of one figure where the mean squares are what their quantile says. */
    private static double share(double between, double within, int samplings) {
        double excess = Math.max(0, between - within);
        return excess == 0 ? 0 : excess / (excess + samplings * within);
    }

    /** Training's share σ²ₜ / (σ²ₜ + σ²ₛ), 0 where σ²ₜ is estimated below zero; NaN where nothing varies. */
    public double share() {
        double positive = Math.max(0, training);
        return positive / (positive + sampling);
    }

    /** The standard deviation that training again brings, 0 where its variance is estimated below zero. */
    public double trainingDeviation() {
        return Math.sqrt(Math.max(0, training));
    }

    /** The standard deviation that sampling the same model again brings. */
    public double samplingDeviation() {
        return Math.sqrt(sampling);
    }
}
