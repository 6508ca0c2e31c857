package org.autophage.model.diffusion;

import org.autophage.program.Graph.ElementType;
import org.autophage.program.Value;

/**
 * Denoising diffusion probabilistic models (Ho et al. 2020, arXiv 2006.11239): the network predicts the noise, trained
 * with the simple loss at timesteps drawn uniformly from 1..T, with linearly growing β_t. The published β from 1e-4 to
 * 0.02 are for T = 1000; for other T they are scaled by 1000/T, so that the last step is noise for every T.
 *
 * <p>With ᾱ_t = ∏(1 − β_s), an image √ᾱ y + √(1−ᾱ) ε divided by √ᾱ is y + σ ε with σ = √((1−ᾱ)/ᾱ). In these terms DDIM
 * (Song et al. 2021, η = 0) is Euler's method and DDPM's posterior is that of a chain of Gaussian increments.
 */
final class Ddpm implements Parameterization {
    private static final double FIRST_BETA = 1e-4;
    private static final double LAST_BETA = 0.02;
    private static final double PUBLISHED_TIMESTEPS = 1000;

    private final int timesteps;

    Ddpm(int timesteps) {
        this.timesteps = timesteps;
    }

    @Override
    public Value trainingNoise(Value uniform, Value table) {
        Value timestep = uniform.times(timesteps).to(ElementType.INT64);
        return table.rows(timestep);
    }

    /** σ_1 to σ_T. */
    @Override
    public double[] trainingLevels() {
        double scale = PUBLISHED_TIMESTEPS / timesteps;
        double[] levels = new double[timesteps];
        double signal = 1;
        for (int t = 0; t < timesteps; t++) {
            double beta = scale * (FIRST_BETA + (LAST_BETA - FIRST_BETA) * t / (timesteps - 1.0));
            signal *= 1 - Math.min(beta, 0.999);
            levels[t] = Math.sqrt((1 - signal) / signal);
        }
        return levels;
    }

    @Override
    public double trainingLevel(double share) {
        return trainingLevels()[(int) (share * timesteps)];
    }

    @Override
    public Value denoise(Network network, Value x, Value sigma) {
        Value signal = sigma.square().plus(1).squareRoot().reciprocal();
        Value noise = network.of(x.times(signal), Edm.level(sigma));
        return x.minus(noise.times(sigma));
    }

    /** D = x − σ ε̂, so that ‖ε̂ − ε‖² is ‖D − y‖²/σ². */
    @Override
    public Value lossWeight(Value sigma) {
        return sigma.square().reciprocal();
    }

    @Override
    public double highest() {
        return trainingLevels()[timesteps - 1];
    }

    @Override
    public double lowest() {
        return trainingLevels()[0];
    }

    /** Of timesteps spread evenly from that of the nearest level to the last one whose level is at least the last that is asked for. */
    @Override
    public double[] samplingLevels(int steps, double first, double last) {
        double[] all = trainingLevels();
        int low = 0;
        while (low < timesteps - 2 && all[low] < last) {
            low++;
        }
        int high = nearest(all, first);
        if (high <= low) {
            return new double[] {all[high]};
        }
        int count = Math.min(steps, high + 1 - low);
        double[] levels = new double[count];
        for (int i = 0; i < count; i++) {
            int t = low + (int) Math.round(((double) high - low) * (count - 1 - i) / (count - 1.0));
            levels[i] = all[t];
        }
        return levels;
    }

    /** Position of the level that is nearest to another one. */
    private static int nearest(double[] rising, double level) {
        int nearest = 0;
        for (int t = 1; t < rising.length; t++) {
            if (Math.abs(rising[t] - level) < Math.abs(rising[nearest] - level)) {
                nearest = t;
            }
        }
        return nearest;
    }
}
