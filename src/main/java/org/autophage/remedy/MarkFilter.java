package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import java.util.stream.IntStream;
import org.autophage.loop.SetStage;
import org.jspecify.annotations.Nullable;

/**
 * Drops the samples in which the mark of {@link MarkedSamples} is found. Its threshold comes from generation 1's real samples, so that
 * the share of real ones that are lost is the one that was asked for, whatever they look like; it never asks for origins.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Drops the samples in which a mark is found")
public record MarkFilter(
        @JsonPropertyDescription(SpreadSpectrum.KEY_DESCRIPTION) long key,
        @JsonPropertyDescription(SpreadSpectrum.RATE_DESCRIPTION) double falsePositives,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements SetRemedy {
    /** The key of {@link MarkedSamples#DEFAULTS}, and one real sample lost in a thousand. */
    public static final MarkFilter DEFAULTS = new MarkFilter(1, 0.001, null);

    public MarkFilter {
        SpreadSpectrum.checkRate(falsePositives);
    }

    @Override
    public void check(Setting setting) {
        if (setting.shape() != null) {
            SpreadSpectrum.check(setting.shape());
            SetFeatures.checkReplicas(setting.shape());
        }
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(0, 0, "each later model is trained on the samples in which no mark is found");
    }

    @Override
    public SetStage choice(RemedyContext context) {
        SpreadSpectrum mark = SpreadSpectrum.of(key, context);
        SpreadSpectrum.Thresholds thresholds = mark.thresholds(context, falsePositives);
        return (set, turn, random) -> {
            SpreadSpectrum.Calibrated calibrated = thresholds.of(turn);
            double[] scores = mark.scores(set.samples());
            int[] unmarked = IntStream.range(0, scores.length)
                    .filter(i -> scores[i] <= calibrated.threshold())
                    .toArray();
            return new SetStage.Choice(
                    unmarked, Map.of("threshold", calibrated.threshold(), "calibratedOn", calibrated.calibratedOn()));
        };
    }
}
