package org.autophage.data.points;

import java.util.OptionalDouble;
import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/**
 * The density in the plane proportional to exp(−f/2), f = (1 − x₁)² + 100 (x₂ − x₁²)² being Rosenbrock's function with
 * its usual constants: x₁ ~ N(1, 1) and, given it, x₂ ~ N(x₁², 1/100), which draws it exactly.
 */
record Rosenbrock() implements PointLaw {
    private static final double VALLEY = 1;
    private static final double VARIANCE_ALONG = 1;
    private static final double VARIANCE_ACROSS = 0.01;

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        double along = VALLEY + Math.sqrt(VARIANCE_ALONG) * random.gaussian();
        values[at] = along;
        values[at + 1] = along * along + Math.sqrt(VARIANCE_ACROSS) * random.gaussian();
    }

    @Override
    public double[] mean() {
        return new double[] {VALLEY, VALLEY * VALLEY + VARIANCE_ALONG};
    }

    /** From the moments of a Gaussian: cov(x, x²) = 2μσ² and var(x²) = 4μ²σ² + 2σ⁴. */
    @Override
    public double[] covariance() {
        double both = 2 * VALLEY * VARIANCE_ALONG;
        double ofSquare = 4 * VALLEY * VALLEY * VARIANCE_ALONG + 2 * VARIANCE_ALONG * VARIANCE_ALONG;
        return new double[] {VARIANCE_ALONG, both, both, ofSquare + VARIANCE_ACROSS};
    }

    @Override
    public OptionalDouble logDensity(double[] values, int at) {
        double along = values[at] - VALLEY;
        double across = values[at + 1] - values[at] * values[at];
        return OptionalDouble.of(-(along * along / VARIANCE_ALONG + across * across / VARIANCE_ACROSS) / 2
                - Math.log(2 * Math.PI)
                - Math.log(VARIANCE_ALONG * VARIANCE_ACROSS) / 2);
    }
}
