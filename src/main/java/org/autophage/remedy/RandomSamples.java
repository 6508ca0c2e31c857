package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.Phase;
import org.autophage.loop.PoolStage;

/**
 * Keeps samples at random: the control that any choice of samples has to be compared with, at the same number of draws and of
 * samples given. Of images every class keeps its share, as with {@link SureSamples}.
 */
@JsonClassDescription("Keeps samples at random: the control of every choice")
public record RandomSamples(
        @JsonPropertyDescription(
                        "Share of a model's draws that is kept, in [0.001, 1]; each model draws 1/keep times as many")
                double keep)
        implements PoolRemedy {
    /** Half of the draws, as {@link SureSamples#DEFAULTS}. */
    public static final RandomSamples DEFAULTS = new RandomSamples(0.5);

    public RandomSamples {
        BestDraws.checkKeep(keep);
    }

    @Override
    public void check(Setting setting) {
        BestDraws.check(setting);
    }

    @Override
    public Cost cost(Setting setting) {
        return BestDraws.cost(keep, setting);
    }

    @Override
    public PoolStage open(RemedyContext context) {
        return (draws, turn) -> {
            SplittableRandom random = turn.stream(Phase.SELECT).random(0);
            return new BestDraws(
                    draws,
                    turn.work().stop(),
                    keep,
                    samples -> random.doubles(samples.count()).toArray(),
                    Map.of());
        };
    }
}
