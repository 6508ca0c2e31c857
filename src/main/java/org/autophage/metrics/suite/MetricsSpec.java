package org.autophage.metrics.suite;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Dataset;
import org.autophage.data.SampleKind;
import org.autophage.data.SampleShape;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.neighbours.Ball;
import org.jspecify.annotations.Nullable;

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
        @JsonPropertyDescription("Metrics beyond the standard ones, by their names; none without the key")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<String> also,
        @JsonPropertyDescription(
                        "Features beyond metrics.features, each as that key has them: whatever looks at features is recorded once more for each of them, under byFeatures and their name; none without the key")
                @JsonInclude(JsonInclude.Include.NON_EMPTY)
                List<String> alsoFeatures,
        @JsonPropertyDescription(
                        "How many times each generation's model is sampled and measured, with other random numbers each time, 2 to 1000: records then hold the figures of each (bySamplingSeed), and the report splits their variance into training and sampling; once without the key")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                Integer samplingSeeds) {
    private static final Range SAMPLINGS = Range.wholeFrom(2, 1000);

    public static final MetricsSpec DEFAULTS = new MetricsSpec(FeatureChoice.LENET, 5000, 5, Ball.STRICT);

    public MetricsSpec {
        FeatureChoice.parse("metrics.features", features);
        Checks.within("metrics.neighbours", neighbours, Range.atLeast(1));
        checkEnough("metrics.samples", samples, neighbours);
        also = also == null ? List.of() : inOrder(also);
        alsoFeatures = alsoFeatures == null ? List.of() : List.copyOf(alsoFeatures);
        choices(features, alsoFeatures);
        Checks.within("metrics.samplingSeeds", samplingSeeds, SAMPLINGS);
    }

    /** The standard metrics alone. */
    public MetricsSpec(String features, int samples, int neighbours, Ball ball) {
        this(features, samples, neighbours, ball, List.of(), List.of());
    }

    /** Once sampled. */
    public MetricsSpec(
            String features, int samples, int neighbours, Ball ball, List<String> also, List<String> alsoFeatures) {
        this(features, samples, neighbours, ball, also, alsoFeatures, null);
    }

    /** How often each model is sampled and measured, 1 or more. */
    public int samplings() {
        return samplingSeeds == null ? 1 : samplingSeeds;
    }

    /** Metrics' names in the list's order, so that specs which ask for the same are equal. */
    private static List<String> inOrder(List<String> asked) {
        asked.forEach(name -> KnownMetrics.check("metrics.also", String.valueOf(name)));
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

    /** The features, understood, by the names that their records go under: metrics.features first. */
    public Map<String, FeatureChoice> choices() {
        return choices(features, alsoFeatures);
    }

    private static Map<String, FeatureChoice> choices(String features, List<String> also) {
        Map<String, FeatureChoice> choices = new LinkedHashMap<>();
        FeatureChoice first = FeatureChoice.parse("metrics.features", features);
        choices.put(first.shortName(), first);
        for (int i = 0; i < also.size(); i++) {
            FeatureChoice next = FeatureChoice.parse("metrics.alsoFeatures[%d]".formatted(i), also.get(i));
            if (choices.putIfAbsent(next.shortName(), next) != null) {
                throw AutophageException.usage(
                        "metrics.alsoFeatures[%d] is '%s': other features of this run are called %s already"
                                .formatted(i, also.get(i), next.shortName()));
            }
        }
        return choices;
    }

    /**
     * Refuses what has nothing to say of a dataset's samples.
     *
     * @throws AutophageException (usage)
     */
    public void check(SampleShape shape, Dataset source) {
        String dataset = source.name();
        for (SampleMetric metric : alsoMetrics()) {
            metric.objection(shape, source).ifPresent(reason -> {
                throw AutophageException.usage(
                        "metrics.also has %s: %s; leave it out".formatted(metric.name(), reason));
            });
        }
        if (shape.kind() != SampleKind.IMAGES) {
            if (!alsoFeatures.isEmpty()) {
                throw AutophageException.usage(
                        "metrics.alsoFeatures is %s: features are extracted of images, and dataset %s has %s; leave the key out"
                                .formatted(alsoFeatures, dataset, shape.describe()));
            }
            return;
        }
        choices().forEach((name, choice) -> {
            if (choice.needsDataset() && !shape.hasClasses()) {
                throw AutophageException.usage(
                        "metrics.%s is lenet, a classifier of the dataset's classes, and dataset %s has no classes: write pixels, inception or the path of a TorchScript file"
                                .formatted(features.equals(name) ? "features" : "alsoFeatures", dataset));
            }
        });
    }

    /**
     * Checks that TorchScript files still are those that a run was measured with.
     *
     * @param extractor the folder that the run's extractors were saved to
     * @throws AutophageException (usage) naming the file and both hashes
     */
    public void checkUnchanged(Path extractor) {
        choices().forEach((name, choice) -> choice.checkUnchanged(folder(extractor, name)));
    }

    /** Where features of a name are kept: the first in the folder itself, and classifiers, whose files have names of their own. */
    Path folder(Path extractor, String name) {
        Map<String, FeatureChoice> choices = choices();
        boolean own = choices.keySet().iterator().next().equals(name)
                || Objects.requireNonNull(choices.get(name), name).needsDataset();
        return own ? extractor : extractor.resolve(name);
    }

    /**
     * Refuses a set that has too few samples for the nearest-neighbour balls.
     *
     * @param what names their number in the message
     * @throws AutophageException (usage) if there are no more than neighbours
     */
    public void requireEnough(String what, int count) {
        checkEnough(what, count, neighbours);
    }

    private static void checkEnough(String what, int count, int neighbours) {
        Checks.within(what, count, Range.atLeast(neighbours + 1L), "one more than metrics.neighbours");
    }
}
