package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.loop.SetStage;
import org.autophage.metrics.classifier.SoftmaxProbe;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * Latent-space filtering (arXiv 2511.12742): a softmax regression on features, fitted to generation 1's real images, scores every
 * image by the probability of its own class; of every class the most confident are kept. The paper takes features of the first
 * model's U-Net, here they are pixels or those of a classifier. Each choice moves the classes apart and makes them narrower.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Keeps the images whose own class a softmax regression on real ones is most confident of")
public record LatentSpaceFilter(
        @JsonPropertyDescription(SizedChoice.SAMPLES) @Nullable Integer samples,
        @JsonPropertyDescription(SetFeatures.DESCRIPTION) @Nullable String features,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements SizedChoice {
    /** As many as in generation 1. */
    public static final LatentSpaceFilter DEFAULTS = new LatentSpaceFilter(null, null, null);

    public LatentSpaceFilter {
        SizedChoice.checkKeys(samples, features);
    }

    @Override
    public Remedy complete(Setting setting) {
        return new LatentSpaceFilter(wanted(setting), features, control);
    }

    @Override
    public void check(Setting setting) {
        if (setting.shape() != null && !setting.shape().hasClasses()) {
            throw AutophageException.usage(
                    "only images with classes have one to be confident of, which this dataset has not; leave the remedy out");
        }
        SizedChoice.super.check(setting);
    }

    /** A probe and what it was fitted to. */
    private record Fitted(SoftmaxProbe probe, int images, double accuracy) {}

    @Override
    public SetStage choice(RemedyContext context) {
        int count = Objects.requireNonNull(samples);
        Function<Samples, Features> of = SetFeatures.of(features, context);
        FirstReal.Made<Fitted> fitted = new FirstReal.Made<>(context.dataset(), real -> fitted(real, of));
        return (set, turn, random) -> {
            Fitted fit = fitted.of(turn);
            Images images = set.samples().images().orElseThrow(); // see check
            double[] confidence = fit.probe().logOdds(of.apply(images), images.labels());
            int[] kept = BestDraws.best(confidence, images.labels(), Math.min(count, confidence.length));
            Map<String, Number> told = new LinkedHashMap<>();
            told.put("meanOfOffered", mean(confidence, IntStream.range(0, confidence.length)));
            told.put("meanOfKept", mean(confidence, Arrays.stream(kept)));
            told.put("probeTrainedOn", fit.images());
            told.put("probeAccuracy", fit.accuracy());
            return new SetStage.Choice(kept, told);
        };
    }

    private static Fitted fitted(Samples real, Function<Samples, Features> of) {
        Images images = real.images().orElseThrow();
        Features rows = of.apply(images);
        SoftmaxProbe probe = SoftmaxProbe.fit(rows, images.labels(), images.classes());
        return new Fitted(probe, images.count(), probe.accuracy(rows, images.labels()));
    }

    private static double mean(double[] values, IntStream positions) {
        return positions.mapToDouble(position -> values[position]).average().orElse(0);
    }
}
