package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.autophage.loop.PoolStage;
import org.autophage.metrics.classifier.Verifier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the samples that an independent classifier is most sure of: of every class the share that it gives the highest
 * probability of being what was asked for; of models that are told no labels, of being anything. Feng et al. (arXiv 2406.07515)
 * verify in this way, Yi et al. (arXiv 2510.16657) keep the best tenth. The classifier is a third one beside those that
 * measure, and knows real data: what it lets through carries information on them into every generation.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Keeps the samples that an independent classifier is most sure of")
public record SureSamples(
        @JsonPropertyDescription(
                        "Share of a model's draws that is kept, in [0.001, 1], or a list; each model draws 1/keep times as many as it gives")
                Strength keep,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements PoolRemedy {
    /** Half of the draws. */
    public static final SureSamples DEFAULTS = new SureSamples(Strength.of(0.5), null);

    public SureSamples {
        BestDraws.checkKeep(keep);
    }

    @Override
    public void check(Setting setting) {
        setting.requireClasses("a classifier can only be sure of images with classes");
        setting.requireSamples();
    }

    @Override
    public Cost cost(Setting setting) {
        Cost cost = BestDraws.cost(keep, setting);
        return control == null
                ? cost.knowing(setting.classifierTrainedOn())
                : cost; // what is chosen blindly lets nothing through
    }

    @Override
    public PoolStage open(RemedyContext context) {
        if (control != null) { // asks nobody, so that no classifier is trained for it
            return (draws, turn) -> BestDraws.blind(draws, turn, kind(), keep.at(turn.generation()));
        }
        Verifier verifier = context.verifier();
        Map<String, Number> known = context.knownOfVerifier();
        return (draws, turn) -> new BestDraws(
                draws,
                turn,
                kind(),
                keep.at(turn.generation()),
                samples -> verifier.sureness(samples.images().orElseThrow()), // see check
                known);
    }
}
