package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.loop.ModelStage;
import org.autophage.loop.Turn;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelWeights;
import org.jspecify.annotations.Nullable;

/**
 * Neon (arXiv 2510.03597): the trained model θ_r draws samples, a copy of it is briefly trained on them, which gives θ_s, and
 * θ_r − w(θ_s − θ_r) samples in place of θ_r: a step away from where its own samples lead. It needs samples that are narrower than
 * the law they stand for, as with λ &lt; 1. Both θ are the moving averages that one samples with; of a GAN the generator's. Models in closed
 * form, Gaussians, are fitted to the samples anew, and what is extrapolated is mean and covariance.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Neon: weights go away from those of a copy that is briefly trained on own samples")
public record ExtrapolatedWeights(
        @JsonPropertyDescription(
                        "w: how far they go, in [-1, 1000]; 0 changes nothing, -1 is the copy itself. A number, or a list for generations 1, 2, … whose last one holds on")
                Strength weight,
        @JsonPropertyDescription("Own samples that the copy is trained on, at least 2; left out, loop.synthetic")
                @Nullable
                Integer samples,
        @JsonPropertyDescription(
                        "Steps of the copy's training, at least 1; left out, a fiftieth of model.steps. Models fitted in closed form have none")
                @Nullable
                Integer steps,
        @JsonPropertyDescription(
                        "The copy's learning rates relative to the model's, in (0, 1]; left out, 0.1. Models fitted in closed form have none")
                @Nullable
                Double rate)
        implements ModelRemedy {
    /** Half the way, with all else left to the experiment. */
    public static final ExtrapolatedWeights DEFAULTS = new ExtrapolatedWeights(0.5, null, null, null);

    /** Of the same weight in every generation. */
    public ExtrapolatedWeights(
            double weight, @Nullable Integer samples, @Nullable Integer steps, @Nullable Double rate) {
        this(Strength.of(weight), samples, steps, rate);
    }

    public ExtrapolatedWeights {
        BriefCopy.checkWeight(weight);
        new BriefCopy(samples, steps, rate); // refuses what cannot be
    }

    private BriefCopy copy() {
        return new BriefCopy(samples, steps, rate);
    }

    @Override
    public Remedy complete(Setting setting) {
        BriefCopy completed = copy().complete(setting);
        return new ExtrapolatedWeights(weight, completed.samples(), completed.steps(), completed.rate());
    }

    @Override
    public void check(Setting setting) {
        if (!setting.model().hasWeights()) {
            throw AutophageException.usage(
                    "models of this kind have no weights that a line through two of them has a meaning for; leave the remedy out");
        }
        copy().check(setting);
    }

    @Override
    public Cost cost(Setting setting) {
        return copy().cost(setting);
    }

    @Override
    public ModelStage open(RemedyContext context) {
        ModelStage away = copy().stage(context, weight, ExtrapolatedWeights::extrapolated);
        return (trained, turn) -> {
            ModelStage.Outcome outcome = away.apply(trained, turn);
            Map<String, Number> told = new LinkedHashMap<>(outcome.told());
            told.put("clippedVariances", outcome.model().clippedVariances());
            return new ModelStage.Outcome(outcome.model(), told);
        };
    }

    private static GenerativeModel extrapolated(GenerativeModel trained, GenerativeModel copy, double w, Turn turn) {
        ModelWeights line =
                trained.weights().orElseThrow().extrapolated(w, copy.weights().orElseThrow());
        if (!line.areFinite()) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "generation %d: weights extrapolated with remedies, extrapolate, weight %s are not finite: a smaller weight keeps them near the model's"
                            .formatted(turn.generation(), w));
        }
        return trained.with(line);
    }
}
