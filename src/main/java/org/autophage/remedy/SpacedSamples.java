package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Objects;
import java.util.function.Function;
import org.autophage.base.Checks;
import org.autophage.base.Interruptible;
import org.autophage.base.Range;
import org.autophage.data.Samples;
import org.autophage.loop.SetStage;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * Threshold selection (arXiv 2509.16499): goes through the set and keeps what is farther than τ from everything kept; while that
 * are fewer than are wanted, τ is multiplied by its decay, and it goes through the rest again.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "Keeps samples that are farther from each other than a threshold, which falls until enough are kept")
public record SpacedSamples(
        @JsonPropertyDescription(SizedChoice.SAMPLES) @Nullable Integer samples,
        @JsonPropertyDescription(
                        "τ at first, above 0, in units of the features; left out, the distance of the sample that is farthest from the first")
                @Nullable
                Double threshold,
        @JsonPropertyDescription("What τ is multiplied by after each pass, in (0, 1)") double decay,
        @JsonPropertyDescription(SetFeatures.DESCRIPTION) @Nullable String features,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements SizedChoice {
    /** The paper's decay; as many as in generation 1. */
    public static final SpacedSamples DEFAULTS = new SpacedSamples(null, null, 0.95, null, null);

    public SpacedSamples {
        SizedChoice.checkKeys(samples, features);
        Checks.within("threshold", threshold, Range.above(0));
        Checks.within("decay", decay, Range.open(0, 1));
    }

    @Override
    public Remedy complete(Setting setting) {
        return new SpacedSamples(wanted(setting), threshold, decay, features, control);
    }

    @Override
    public SetStage choice(RemedyContext context) {
        int count = Objects.requireNonNull(samples);
        Function<Samples, Features> of = SetFeatures.of(features, context);
        return (set, turn, random) -> {
            NearestKept kept = chosen(of.apply(set.samples()), count);
            return new SetStage.Choice(kept.rows(), FarthestPoint.told(kept));
        };
    }

    /** The choice among rows in their order, of which the first is always kept. */
    NearestKept chosen(Features rows, int count) {
        int wanted = Math.min(count, rows.count());
        NearestKept kept = new NearestKept(rows);
        kept.keep(0);
        int taken = 1;
        double limit = threshold == null ? kept.radius() : threshold;
        while (taken < wanted) {
            for (int i = 0; i < rows.count() && taken < wanted; i++) {
                if (!kept.isKept(i) && kept.distance(i) > limit) {
                    kept.keep(i);
                    taken++;
                }
            }
            limit = lower(limit, kept);
        }
        return kept;
    }

    /** The next threshold that anything is beyond; below 0 where all that is left equals something kept. */
    private double lower(double limit, NearestKept kept) {
        Interruptible.proceed();
        int farthest = kept.farthest();
        double left = farthest < 0 ? 0 : kept.distance(farthest);
        if (left == 0) {
            return -1;
        }
        double lower = limit * decay;
        while (lower >= left) {
            lower *= decay;
        }
        return lower;
    }
}
