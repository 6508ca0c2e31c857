package org.autophage.metrics;

import org.autophage.base.AutophageException;
import org.autophage.metrics.features.FeatureChoice;

/**
 * The {@code metrics} part of an experiment's spec: how samples are compared with the holdout.
 *
 * @param features the feature extractor: lenet (trained once on the dataset's real images), pixels, inception, or the path of a
 *     TorchScript file with options, which is a program that has to be trusted, see {@link FeatureChoice}
 * @param samples how many of a generation's samples are measured; all of them where there are fewer
 * @param neighbours k of the nearest-neighbour balls of precision, recall, density and coverage
 * @param ball whether the edge of a ball belongs to it
 */
public record MetricsSpec(String features, int samples, int neighbours, Ball ball) {
    public static final MetricsSpec DEFAULTS = new MetricsSpec(FeatureChoice.LENET, 5000, 5, Ball.STRICT);

    public MetricsSpec {
        FeatureChoice.parse("metrics.features", features);
        if (neighbours < 1) {
            throw AutophageException.usage("metrics.neighbours is %d: must be at least 1".formatted(neighbours));
        }
        if (samples <= neighbours) {
            throw AutophageException.usage(
                    "metrics.samples is %d: must be at least %d, one more than metrics.neighbours"
                            .formatted(samples, neighbours + 1L));
        }
    }

    /** The features, understood. */
    public FeatureChoice choice() {
        return FeatureChoice.parse("metrics.features", features);
    }

    /**
     * Refuses a set that has too few samples for the nearest-neighbour balls.
     *
     * @param what names their number in the message
     * @throws AutophageException (usage) if there are no more than neighbours
     */
    void requireEnough(String what, int count) {
        if (count <= neighbours) {
            throw AutophageException.usage("%s is %d: must be at least %d, one more than metrics.neighbours"
                    .formatted(what, count, neighbours + 1L));
        }
    }
}
