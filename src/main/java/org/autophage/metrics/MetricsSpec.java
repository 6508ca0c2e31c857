package org.autophage.metrics;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.FeatureChoice;

/**
 * The {@code metrics} part of an experiment's spec: how samples are compared with the holdout.
 */
public record MetricsSpec(
        @JsonPropertyDescription(
                        "What images are compared by: lenet (a classifier of the dataset's classes), pixels, inception (the Fréchet distance is then FID), or the path of a TorchScript file with options, which has to be trusted")
                String features,
        @JsonPropertyDescription(
                        "How many of a generation's samples are measured, more than metrics.neighbours; all where there are fewer")
                int samples,
        @JsonPropertyDescription(
                        "k: neighbours that the balls of precision, recall, density and coverage reach to, at least 1")
                int neighbours,
        @JsonPropertyDescription(
                        "Whether the edge of such a ball belongs to it: strict, no (as prdc), or inclusive, yes (as StyleGAN3 and torch-fidelity)")
                Ball ball) {
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
