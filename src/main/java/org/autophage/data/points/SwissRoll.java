package org.autophage.data.points;

import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/**
 * A rolled-up sheet in space, as scikit-learn's make_swiss_roll: (t cos t, t sin t, h) with t uniform in [1.5π, 4.5π) and
 * h uniform in [0, 21), with normal noise of deviation .5 in all coordinates. The height comes last, so that a plot of
 * two coordinates shows the roll.
 */
record SwissRoll() implements PointLaw {
    private static final double HEIGHT = 21;
    private static final double NOISE = 0.5;

    @Override
    public int dimensions() {
        return 3;
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        double angle = 1.5 * Math.PI * (1 + 2 * random.uniform());
        values[at] = angle * StrictMath.cos(angle) + NOISE * random.gaussian();
        values[at + 1] = angle * StrictMath.sin(angle) + NOISE * random.gaussian();
        values[at + 2] = HEIGHT * random.uniform() + NOISE * random.gaussian();
    }

    @Override
    public double[] mean() {
        return new double[] {2, 2 / (3 * Math.PI), HEIGHT / 2};
    }

    /** By parts: E t² = 9.75π², E t² cos 2t = −½ and E t² sin 2t = 3π over the roll's angles. */
    @Override
    public double[] covariance() {
        double[] mean = mean();
        double halfSquare = 4.875 * Math.PI * Math.PI;
        double x = halfSquare - 0.25 - mean[0] * mean[0] + NOISE * NOISE;
        double y = halfSquare + 0.25 - mean[1] * mean[1] + NOISE * NOISE;
        double z = HEIGHT * HEIGHT / 12 + NOISE * NOISE;
        double both = 1.5 * Math.PI - mean[0] * mean[1];
        return new double[] {x, both, 0, both, y, 0, 0, 0, z};
    }
}
