package org.autophage.theory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.autophage.loop.DataMix;

/** One replica of a loop of one-dimensional Gaussians, point by point, without anything of the project's own loop. */
final class PlainLoop {
    private final DataMix mix;
    private final double bias;
    private final boolean unbiased;
    private final SplittableRandom random;

    PlainLoop(DataMix mix, double bias, boolean unbiased, SplittableRandom random) {
        this.mix = mix;
        this.bias = bias;
        this.unbiased = unbiased;
        this.random = random;
    }

    /** Variance and mean that the last generation fits. */
    double[] run(int generations) {
        List<Double> real = draw(mix.initial(), 0, 1);
        List<List<Double>> samples = new ArrayList<>();
        double[] fit = fit(real);
        for (int t = 2; t <= generations; t++) {
            samples.add(draw(mix.made(), fit[1], Math.sqrt(bias * fit[0])));
            List<Double> pool = new ArrayList<>();
            for (int generation = Math.max(1, t - mix.memory().generations()); generation < t; generation++) {
                pool.addAll(samples.get(generation - 1));
            }
            List<Double> training =
                    new ArrayList<>(real.subList(0, mix.fixedReal().at(t)));
            training.addAll(draw(mix.freshReal().at(t), 0, 1));
            training.addAll(some(
                    pool,
                    mix.synthetic().isAll() ? pool.size() : mix.synthetic().at(t)));
            fit = fit(
                    mix.subsample() == null
                            ? training
                            : some(training, mix.subsample().at(t)));
        }
        return fit;
    }

    private List<Double> draw(int count, double mean, double deviation) {
        List<Double> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(mean + deviation * random.nextGaussian());
        }
        return points;
    }

    private List<Double> some(List<Double> of, int count) {
        List<Double> shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return shuffled.subList(0, count);
    }

    private double[] fit(List<Double> points) {
        int n = points.size();
        double mean = points.stream().mapToDouble(x -> x).sum() / n;
        double squares =
                points.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return new double[] {squares / (unbiased ? n - 1 : n), mean};
    }
}
