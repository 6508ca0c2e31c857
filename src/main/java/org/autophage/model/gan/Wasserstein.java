package org.autophage.model.gan;

import org.autophage.program.TrainingStep.Adam;
import org.autophage.program.Value;

/**
 * The Wasserstein loss with gradient penalty (Gulrajani et al. 2017, arXiv 1704.00028): the critic raises real scores over
 * generated ones, and is held to a slope of 1 at random points between real and generated images. Its loss is minus the
 * estimated distance.
 *
 * @param weight of the penalty (‖∇D‖ − 1)²
 */
record Wasserstein(double weight) implements Objective {
    /** The root's slope at 0 is infinite, which would make the penalty's gradient no number. */
    private static final double SMALLEST = 1e-12;

    @Override
    public Value generatorLoss(Value fakeScores) {
        return fakeScores.mean().negate();
    }

    @Override
    public Value discriminatorLoss(Value realScores, Value fakeScores, Value weights) {
        return fakeScores.mean().minus(realScores.times(weights).mean());
    }

    @Override
    public String penaltyName() {
        return "gradientPenalty";
    }

    @Override
    public double penaltyWeight() {
        return weight;
    }

    @Override
    public int penaltyEvery() {
        return 1;
    }

    @Override
    public boolean penalizesAtRealImages() {
        return false;
    }

    @Override
    public Value penalty(Value squaredNorms) {
        return squaredNorms.plus(SMALLEST).squareRoot().minus(1).square();
    }

    /** Those of the paper's experiments on MNIST. */
    @Override
    public Adam adam() {
        return new Adam(0.5, 0.9, 1e-8, Adam.UNCLIPPED);
    }
}
