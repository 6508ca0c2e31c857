package org.autophage.data.points;

import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/**
 * Two circles around the origin, as scikit-learn's make_circles: radius 1 and, for every second point on average, .5,
 * with normal noise of deviation .05 in both coordinates.
 */
record Circles() implements PointLaw {
    private static final double INNER = 0.5;
    private static final double NOISE = 0.05;

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        double radius = random.below(2) == 0 ? 1 : INNER;
        double angle = 2 * Math.PI * random.uniform();
        values[at] = radius * StrictMath.cos(angle) + NOISE * random.gaussian();
        values[at + 1] = radius * StrictMath.sin(angle) + NOISE * random.gaussian();
    }

    @Override
    public double[] mean() {
        return new double[2];
    }

    /** Each coordinate of a circle of radius r has the variance r²/2. */
    @Override
    public double[] covariance() {
        double variance = (1 + INNER * INNER) / 4 + NOISE * NOISE;
        return new double[] {variance, 0, 0, variance};
    }
}
