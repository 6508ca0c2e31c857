package org.autophage.data.points;

import java.util.Optional;
import java.util.OptionalDouble;
import org.autophage.data.CounterRandom;
import org.autophage.data.PointLaw;

/**
 * A law somewhere else: the same random numbers draw the same point, moved.
 *
 * @param law as it was
 * @param by in d dimensions
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
record MovedLaw(PointLaw law, double[] by) implements PointLaw {
    @Override
    public int dimensions() {
        return law.dimensions();
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        law.draw(random, values, at);
        for (int i = 0; i < by.length; i++) {
            values[at + i] += by[i];
        }
    }

    @Override
    public boolean isGaussian() {
        return law.isGaussian();
    }

    @Override
    public double[] mean() {
        return moved(law.mean(), 0, 1);
    }

    @Override
    public double[] covariance() {
        return law.covariance();
    }

    @Override
    public OptionalDouble logDensity(double[] values, int at) {
        return law.logDensity(moved(values, at, -1), 0);
    }

    @Override
    public Optional<Modes> modes() {
        return law.modes()
                .map(modes -> new Modes(
                        modes.centres().stream()
                                .map(centre -> moved(centre, 0, 1))
                                .toList(),
                        modes.deviation()));
    }

    private double[] moved(double[] values, int at, int direction) {
        double[] moved = new double[by.length];
        for (int i = 0; i < by.length; i++) {
            moved[i] = values[at + i] + direction * by[i];
        }
        return moved;
    }
}
