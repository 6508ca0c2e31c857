package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Range;
import org.autophage.loop.PoolStage;

/**
 * Data editing in place of data synthesis, after ToEdit (arXiv 2412.14689), by what edits images, SDEdit (Meng et al., arXiv
 * 2108.01073): what a model gives is not a draw but a real sample that is brought to a level of noise and led back by the model. The level
 * is how much of it is synthetic: at 0 it is the real sample, at the level that sampling begins with a draw of the model. Real samples are
 * consumed in every generation, so that it is real data that it lives on.
 *
 * <p>Of a Gaussian it is a draw from the posterior. With N(0, v) learnt, real points of variance v₀ and w = v/(v + σ²), the variance
 * becomes w²(v₀ + σ²) + vσ²/(v + σ²), which is v where v = v₀; a sampler that adds no noise makes it w(v₀ + σ²).
 */
@JsonClassDescription(
        "Data editing: gives real samples that the model led back from a level of noise, in place of draws")
public record EditedSamples(
        @JsonPropertyDescription(
                        "Sigma of the noise that real samples are brought to, from 0, which leaves them as they are, to the level that the model's sampling begins with (of edm 80); of images where they reach from -1 to 1, and ddpm takes the nearest level of its chain. A number, or a list for generations 1, 2, … whose last one holds on")
                Strength level)
        implements PoolRemedy {
    /** As much noise as edm takes images to have spread. */
    public static final EditedSamples DEFAULTS = new EditedSamples(Strength.of(0.5));

    private static final double HIGHEST = 1e6;
    private static final String MEANING = "0 leaves real samples as they are";

    public EditedSamples {
        level.check("level", Range.closed(0, HIGHEST), MEANING);
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        double highest = setting.model()
                .highestNoise()
                .orElseThrow(() -> AutophageException.usage(
                        "model.kind is %s, which has no levels of noise to bring real samples to: write diffusion or gaussian, or leave the remedy out"
                                .formatted(setting.model().kind())));
        level.check(
                "level",
                Range.closed(0, Math.min(HIGHEST, highest)),
                MEANING + ", and the model's sampling begins with the highest");
    }

    /** An edit takes no longer than a draw. */
    @Override
    public Cost cost(Setting setting) {
        long real = (long) setting.given() * setting.plan().spec().generations();
        return new Cost(
                        setting.given(),
                        0,
                        "the %d samples given are real ones that the model edits, each as long as a draw"
                                .formatted(setting.given()))
                .knowing(RealSamples.known(real, setting.available()));
    }

    @Override
    public PoolStage open(RemedyContext context) {
        return (draws, turn) -> {
            double sigma = level.at(turn.generation());
            EditedReal editing = new EditedReal(
                    turn,
                    (drawn, stream) -> RealSamples.freshLike(context.dataset(), drawn, turn, stream),
                    (real, seeds, work) -> sigma == 0
                            ? real
                            : turn.models()
                                    .own()
                                    .edited(real, sigma, turn.plan().bias(), seeds, work),
                    Map.of("level", sigma));
            return new Correction(draws, turn, editing, editing::told);
        };
    }
}
