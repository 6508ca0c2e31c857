package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.loop.PoolStage;

/**
 * Keeps samples at random, without any rule: what {@link SureSamples} with {@link Control#RANDOM} gives, but no classifier is trained.
 * Of images every class keeps its share.
 */
@JsonClassDescription("Keeps samples at random: the control of every choice")
public record RandomSamples(
        @JsonPropertyDescription(
                        "Share of a model's draws that is kept, in [0.001, 1], or a list; each model draws 1/keep times as many")
                Strength keep)
        implements PoolRemedy {
    /** Half of the draws, as {@link SureSamples#DEFAULTS}. */
    public static final RandomSamples DEFAULTS = new RandomSamples(Strength.of(0.5));

    public RandomSamples {
        BestDraws.checkKeep(keep);
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
    }

    @Override
    public Cost cost(Setting setting) {
        return BestDraws.cost(keep, setting);
    }

    @Override
    public PoolStage open(RemedyContext context) {
        return (draws, turn) -> BestDraws.blind(draws, turn, kind(), keep.at(turn.generation()));
    }
}
