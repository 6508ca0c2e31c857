package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.loop.ModelStage;
import org.autophage.model.DenoisingModel;
import org.jspecify.annotations.Nullable;

/**
 * SIMS (arXiv 2408.16333): a diffusion model draws samples, a copy is briefly trained on them, and the model is sampled away from
 * the copy, with D_r + ω(D_r − D_s) in place of its denoiser D_r. Where both have learnt Gaussians of variances v_r and v_s, a
 * deterministic sampler gives v_r (v_r/v_s)^ω: like {@link ExtrapolatedWeights} it makes wider what own samples make narrower, in
 * the estimates rather than in the weights.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("SIMS: a diffusion model is sampled away from a copy that is briefly trained on own samples")
public record SampledAwayFromCopy(
        @JsonPropertyDescription(
                        "ω: how far estimates lead away, in [-1, 1000]; 0 changes nothing, -1 is the copy itself. A number, or a list for generations 1, 2, … whose last one holds on")
                Strength weight,
        @JsonPropertyDescription("Own samples that the copy is trained on, at least 2; left out, loop.synthetic")
                @Nullable
                Integer samples,
        @JsonPropertyDescription("Steps of the copy's training, at least 1; left out, a fiftieth of model.steps")
                @Nullable
                Integer steps,
        @JsonPropertyDescription("The copy's learning rates relative to the model's, in (0, 1]; left out, 0.1")
                @Nullable
                Double rate)
        implements ModelRemedy {
    /** Once the difference, with all else left to the experiment. */
    public static final SampledAwayFromCopy DEFAULTS = new SampledAwayFromCopy(Strength.of(1), null, null, null);

    public SampledAwayFromCopy {
        BriefCopy.checkWeight(weight);
        new BriefCopy(samples, steps, rate); // refuses what cannot be
    }

    private BriefCopy copy() {
        return new BriefCopy(samples, steps, rate);
    }

    /** A model has one copy that it is sampled away from. */
    @Override
    public boolean mayRepeat() {
        return false;
    }

    @Override
    public Remedy complete(Setting setting) {
        BriefCopy completed = copy().complete(setting);
        return new SampledAwayFromCopy(weight, completed.samples(), completed.steps(), completed.rate());
    }

    @Override
    public void check(Setting setting) {
        if (!setting.model().denoises()) {
            throw AutophageException.usage(
                    "only diffusion models have a denoiser to lead away from; leave the remedy out");
        }
        copy().check(setting);
    }

    /** A step evaluates two networks, as if twice as many were drawn. */
    @Override
    public Cost cost(Setting setting) {
        Cost ofCopy = copy().cost(setting);
        return new Cost(
                ofCopy.draws() + setting.plan().samplesPerGeneration(),
                ofCopy.steps(),
                ofCopy.inSentence() + "; each step of sampling evaluates two networks");
    }

    @Override
    public ModelStage open(RemedyContext context) {
        return copy().stage(context, weight, (trained, copy, w, turn) -> ((DenoisingModel) trained)
                .awayFrom(copy, w)); // see check
    }
}
