package org.autophage.model.gan;

import org.autophage.program.TrainingStep.Adam;
import org.autophage.program.Value;

/**
 * The non-saturating logistic loss (Goodfellow et al. 2014) with the R1 penalty γ/2 ‖∇D(x)‖² at real images (Mescheder et
 * al. 2018, arXiv 1801.04406), taken in every k-th step with k times the weight (Karras et al. 2020). At the optimum, where
 * both scores are 0, the discriminator's loss is 2 ln 2 and the generator's ln 2.
 *
 * @param gamma γ
 * @param every k
 */
record NonSaturating(double gamma, int every) implements Objective {
    @Override
    public Value generatorLoss(Value fakeScores) {
        return fakeScores.negate().softplus().mean();
    }

    @Override
    public Value discriminatorLoss(Value realScores, Value fakeScores, Value weights) {
        Value real = realScores.negate().softplus().times(weights).mean();
        return real.plus(fakeScores.softplus().mean());
    }

    @Override
    public String penaltyName() {
        return "r1";
    }

    @Override
    public double penaltyWeight() {
        return gamma / 2;
    }

    @Override
    public int penaltyEvery() {
        return every;
    }

    @Override
    public boolean penalizesAtRealImages() {
        return true;
    }

    @Override
    public Value penalty(Value squaredNorms) {
        return squaredNorms;
    }

    /** StyleGAN2's. */
    @Override
    public Adam adam() {
        return new Adam(0, 0.99, 1e-8, Adam.UNCLIPPED);
    }
}
