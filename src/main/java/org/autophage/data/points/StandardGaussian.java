package org.autophage.data.points;

import java.util.OptionalDouble;
import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/**
 * N(0, I).
 *
 * @param dimensions d
 */
record StandardGaussian(int dimensions) implements PointLaw {
    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        for (int i = 0; i < dimensions; i++) {
            values[at + i] = random.gaussian();
        }
    }

    @Override
    public boolean isGaussian() {
        return true;
    }

    @Override
    public double[] mean() {
        return new double[dimensions];
    }

    @Override
    public double[] covariance() {
        double[] identity = new double[dimensions * dimensions];
        for (int i = 0; i < dimensions; i++) {
            identity[i * dimensions + i] = 1;
        }
        return identity;
    }

    @Override
    public OptionalDouble logDensity(double[] values, int at) {
        double squares = 0;
        for (int i = at; i < at + dimensions; i++) {
            squares += values[i] * values[i];
        }
        return OptionalDouble.of(-(squares + dimensions * Math.log(2 * Math.PI)) / 2);
    }
}
