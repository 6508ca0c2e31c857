package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Range;
import org.autophage.loop.ModelStage;
import org.autophage.loop.Start;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelWeights;

/**
 * Partial fine-tuning (after Bertrand et al., arXiv 2310.00429): each generation goes a share η of the way that its training leads away from
 * the model of the generation before, θ = θ' + η(θ_trained − θ'), and generation 1 is left as it is. Of Gaussians whose fit divides
 * by n, each trained on the last one's samples, E σ²_t = (1 − 1/n)(1 − η/n)^(t−1): collapse is slower by 1/η, not prevented. Both θ are those
 * that {@link ExtrapolatedWeights} has. Networks have to be trained from the model before: between networks of different initial weights a
 * line means nothing.
 */
@JsonClassDescription(
        "Partial fine-tuning: weights go a share of the way from the last generation's model to the trained one")
public record InterpolatedWeights(
        @JsonPropertyDescription(
                        "η: how far they go from the last generation's, in (0, 1]; 1 changes nothing. A number, or a list for generations 1, 2, … whose last one holds on; generation 1 has nothing before it and stays as it is")
                Strength step)
        implements ModelRemedy {
    /** Half of the way. */
    public static final InterpolatedWeights DEFAULTS = new InterpolatedWeights(Strength.of(0.5));

    public InterpolatedWeights {
        step.check("step", Range.openClosed(0, 1), "1 is the trained model");
    }

    @Override
    public void check(Setting setting) {
        if (!setting.model().hasWeights()) {
            throw AutophageException.usage(
                    "models of this kind have no weights that a line through two of them has a meaning for; leave the remedy out");
        }
        if (setting.model().optimization().isPresent() && setting.plan().spec().start() != Start.FINE_TUNE) {
            throw AutophageException.usage(
                    "loop.mix.train is not fine-tune: between networks that were trained from different initial weights a line means nothing; write loop.mix with train: fine-tune");
        }
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(0, 0, "none: each model's weights are put between those of two that are there");
    }

    @Override
    public ModelStage open(RemedyContext context) {
        return (trained, turn) -> {
            if (turn.generation() == 1) {
                return new ModelStage.Outcome(trained, Map.of());
            }
            double share = step.at(turn.generation());
            ModelWeights before = turn.models().previous().weights().orElseThrow();
            ModelWeights after = trained.weights().orElseThrow();
            try (trained) {
                GenerativeModel between = trained.with(after.steppedFrom(before, share));
                Map<String, Number> told = new LinkedHashMap<>();
                told.put("step", share);
                told.put("distance", after.distance(before));
                return new ModelStage.Outcome(between, told);
            }
        };
    }
}
