package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.autophage.data.Samples;
import org.autophage.loop.SetStage;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * Greedy farthest-point selection (arXiv 2509.16499): keeps the sample nearest to the mean, then again and again the one that is
 * farthest from all kept ones. The radius around kept samples is within a factor 2 of the best. It spreads evenly over the
 * support, so that a Gaussian's variance grows.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Keeps samples that are far from each other, the farthest one next")
public record FarthestPoint(
        @JsonPropertyDescription(SizedChoice.SAMPLES) @Nullable Integer samples,
        @JsonPropertyDescription(SetFeatures.DESCRIPTION) @Nullable String features,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements SizedChoice {
    /** As many as in generation 1. */
    public static final FarthestPoint DEFAULTS = new FarthestPoint(null, null, null);

    public FarthestPoint {
        SizedChoice.checkKeys(samples, features);
    }

    @Override
    public Remedy complete(Setting setting) {
        return new FarthestPoint(wanted(setting), features, control);
    }

    @Override
    public SetStage choice(RemedyContext context) {
        int count = Objects.requireNonNull(samples);
        Function<Samples, Features> of = SetFeatures.of(features, context);
        return (set, turn, random) -> {
            Features rows = of.apply(set.samples());
            NearestKept kept = chosen(rows, central(rows), count);
            return new SetStage.Choice(kept.rows(), told(kept));
        };
    }

    /** What a choice by distances tells: how far dropped samples are from kept ones, and kept ones from each other. */
    static Map<String, Number> told(NearestKept kept) {
        return kept.rows().length < 2
                ? Map.of("radius", kept.radius())
                : Map.of("radius", kept.radius(), "separation", kept.separation());
    }

    /** The choice from a first row on. */
    static NearestKept chosen(Features rows, int first, int count) {
        NearestKept kept = new NearestKept(rows);
        kept.keep(first);
        for (int i = 1; i < Math.min(count, rows.count()); i++) {
            kept.keep(kept.farthest());
        }
        return kept;
    }

    /** The row that is nearest to the mean of all. */
    static int central(Features rows) {
        double[] mean = new double[rows.width()];
        for (int i = 0; i < rows.count(); i++) {
            for (int column = 0; column < mean.length; column++) {
                mean[column] += rows.value(i, column) / rows.count();
            }
        }
        int central = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows.count(); i++) {
            double distance = 0;
            for (int column = 0; column < mean.length; column++) {
                double difference = rows.value(i, column) - mean[column];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                central = i;
            }
        }
        return central;
    }
}
