package org.autophage.data.points;

import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/**
 * Two half circles that reach into each other, as scikit-learn's make_moons: (cos t, sin t) and (1 − cos t, ½ − sin t)
 * with t uniform in [0, π), equally likely, with normal noise of deviation .05 in both coordinates.
 */
record Moons() implements PointLaw {
    private static final double NOISE = 0.05;

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        boolean upper = random.below(2) == 0;
        double angle = Math.PI * random.uniform();
        double x = StrictMath.cos(angle);
        double y = StrictMath.sin(angle);
        values[at] = (upper ? x : 1 - x) + NOISE * random.gaussian();
        values[at + 1] = (upper ? y : 0.5 - y) + NOISE * random.gaussian();
    }

    @Override
    public double[] mean() {
        return new double[] {0.5, 0.25};
    }

    /** From E cos = E sin cos = 0, E sin = 2/π and E cos² = E sin² = ½ over half a circle. */
    @Override
    public double[] covariance() {
        double both = 0.125 - 1 / Math.PI;
        return new double[] {0.75 + NOISE * NOISE, both, both, 0.5625 - 1 / Math.PI + NOISE * NOISE};
    }
}
