package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Range;
import org.autophage.loop.ModelStage;
import org.autophage.model.DenoisingModel;

/**
 * Another last level of noise when a diffusion model is sampled, per generation where it is a list. Even with perfect scores what
 * is left there adds up over generations (arXiv 2606.13796): samples that keep the noise of σ get wider, by σ² a generation;
 * those that are denoised in a last step, the usual thing, get narrower. So a smaller level is the cure of both.
 */
@JsonClassDescription("Another last level of noise of a diffusion model's sampler")
public record LastNoise(
        @JsonPropertyDescription(
                        "σ of the last level above 0, in [0.0001, 10], where images reach from -1 to 1; ddpm takes the nearest level of its chain above. A number, or a list for generations 1, 2, … whose last one holds on")
                Strength level,
        @JsonPropertyDescription(
                        "Whether a step from there to 0 follows, which takes the noise out of the samples and some of their spread with it")
                boolean denoised)
        implements ModelRemedy {
    /** The level of edm's paper, with the step to 0. */
    public static final LastNoise DEFAULTS = new LastNoise(Strength.of(0.002), true);

    public LastNoise {
        level.check("level", Range.closed(1e-4, 10), "images reach from -1 to 1");
    }

    /** A way has one last level. */
    @Override
    public boolean mayRepeat() {
        return false;
    }

    @Override
    public void check(Setting setting) {
        if (!setting.model().denoises()) {
            throw AutophageException.usage("only diffusion models have levels of noise; leave the remedy out");
        }
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(0, 0, "none: sampling takes as many steps to another last level of noise");
    }

    @Override
    public ModelStage open(RemedyContext context) {
        return (trained, turn) -> {
            try (trained) {
                double sigma = level.at(turn.generation());
                return new ModelStage.Outcome(
                        ((DenoisingModel) trained).endingAt(sigma, denoised), // see check
                        Map.of("level", sigma));
            }
        };
    }
}
