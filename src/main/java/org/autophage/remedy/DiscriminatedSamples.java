package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Samples;
import org.autophage.loop.PoolStage;
import org.jspecify.annotations.Nullable;

/**
 * Discriminator rejection sampling (Azadi et al., arXiv 1810.06758): a draw is accepted with probability σ(F − γ),
 * F = D − D_M − ln(1 − e^(D − D_M − ε)), where D is ln p/g by a discriminator and D_M the largest one; at γ = 0 that is p/(g M). Where a
 * model is too wide it gives the real law; tails that are lost it cannot restore but at the price of ever more draws.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "Discriminator rejection sampling: keeps draws with the probability that a discriminator calls for")
public record DiscriminatedSamples(
        @JsonPropertyDescription(Discriminator.MEANING) Discriminator discriminator,
        @JsonPropertyDescription(Discriminator.SAMPLES_MEANING) int samples,
        @JsonPropertyDescription(
                        "M: the ratio p/g from which on draws are always accepted, above 0; left out, the largest that was seen in the generation")
                @Nullable
                Double bound,
        @JsonPropertyDescription("gamma: above 0 fewer are accepted, below 0 more, at the price of exactness")
                double shift,
        @JsonPropertyDescription(VerifiedSamples.MOST) int most,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements PoolRemedy {
    /** A trained discriminator, all else exact. */
    public static final DiscriminatedSamples DEFAULTS = new DiscriminatedSamples(
            Discriminator.TRAINED, Discriminator.USUAL_SAMPLES, null, 0, Rejection.USUAL_MOST, null);

    private static final double EPSILON = 1e-14;

    public DiscriminatedSamples {
        Discriminator.checkSamples(samples);
        Checks.within("bound", bound, Range.above(0));
        Checks.within("shift", shift, Range.finite());
        Rejection.checkMost(most);
    }

    @Override
    public void check(Setting setting) {
        discriminator.check(setting);
    }

    @Override
    public void checkBeside(List<Remedy> all) {
        discriminator.checkBeside(this, all);
    }

    @Override
    public Cost cost(Setting setting) {
        return discriminator.cost(Rejection.cost(most, setting), samples, setting);
    }

    @Override
    public PoolStage open(RemedyContext context) {
        Discriminator.Opened opened = discriminator.open(context, samples);
        return (draws, turn) -> new Rejection(
                draws,
                turn,
                kind(),
                control,
                most,
                selection ->
                        Acceptance.withProbability(new Probabilities(selection, opened.of(draws, turn)), selection),
                discriminator.known(context, samples));
    }

    /** Probabilities by the largest ratio of each replica so far. */
    private final class Probabilities implements SampleScores {
        private final Selection selection;
        private final SampleScores ratios;
        private double[] largest = {};

        Probabilities(Selection selection, SampleScores ratios) {
            this.selection = selection;
            this.ratios = ratios;
        }

        @Override
        public double[] of(Samples candidates) {
            int count = candidates.count();
            double[] ratio = selection.finite(ratios.of(candidates), count, "discriminator's answer");
            if (largest.length == 0) {
                largest = new double[ratio.length / count];
                Arrays.fill(largest, bound == null ? Double.NEGATIVE_INFINITY : Math.log(bound));
            }
            for (int i = 0; i < ratio.length && bound == null; i++) {
                largest[i / count] = Math.max(largest[i / count], ratio[i]);
            }
            for (int i = 0; i < ratio.length; i++) {
                double below = Math.min(0, ratio[i] - largest[i / count]);
                double f = below - Math.log(-Math.expm1(below - EPSILON)) - shift;
                ratio[i] = 1 / (1 + Math.exp(-f));
            }
            return ratio;
        }
    }
}
