package org.autophage.metrics.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.NearestKey;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.neighbours.Ball;

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
                Ball ball,
        @JsonPropertyDescription(
                        "Metrics beyond the standard ones: kernelDistance, vendiScore, authenticity, copying, entropy, classes; none without the key")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<String> also) {
    public static final MetricsSpec DEFAULTS = new MetricsSpec(FeatureChoice.LENET, 5000, 5, Ball.STRICT, List.of());

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
        also = also == null ? List.of() : inOrder(also);
    }

    /** The standard metrics alone. */
    public MetricsSpec(String features, int samples, int neighbours, Ball ball) {
        this(features, samples, neighbours, ball, List.of());
    }

    /** Metrics' names in the list's order, so that specs which ask for the same are equal. */
    private static List<String> inOrder(List<String> asked) {
        for (String name : asked) {
            if (!KnownMetrics.names().contains(name)) {
                throw AutophageException.usage("metrics.also has '%s': must be some of %s; the nearest is %s"
                        .formatted(
                                name,
                                String.join(", ", KnownMetrics.names()),
                                NearestKey.to(String.valueOf(name), KnownMetrics.names())));
            }
        }
        return KnownMetrics.of(asked).stream().map(SampleMetric::name).toList();
    }

    /** The metrics that were asked for beyond the standard ones. */
    public List<SampleMetric> alsoMetrics() {
        return KnownMetrics.of(also);
    }

    /** All metrics of a run of images. */
    List<SampleMetric> metricsOfImages() {
        return Stream.concat(KnownMetrics.standard().stream(), alsoMetrics().stream())
                .toList();
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
    public void requireEnough(String what, int count) {
        if (count <= neighbours) {
            throw AutophageException.usage("%s is %d: must be at least %d, one more than metrics.neighbours"
                    .formatted(what, count, neighbours + 1L));
        }
    }
}
