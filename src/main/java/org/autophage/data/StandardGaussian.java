package org.autophage.data;

import java.util.Optional;
import org.autophage.program.Scope;

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
    public boolean hasExactMoments() {
        return true;
    }

    @Override
    public Optional<Moments> moments(Scope scope) {
        double[] identity = new double[dimensions * dimensions];
        for (int i = 0; i < dimensions; i++) {
            identity[i * dimensions + i] = 1;
        }
        return Optional.of(new Moments(
                scope.doubles(new double[dimensions], 1, 1, dimensions),
                scope.doubles(identity, 1, dimensions, dimensions)));
    }
}
