package org.autophage.model.diffusion;

import org.autophage.program.Graph;
import org.autophage.program.Value;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The design of Karras et al. 2022 ("EDM", arXiv 2206.00364, table 1, last column): preconditioned network, log-normal
 * noise levels in training, and the noise schedule σ_i of their sampler with ρ = 7.
 *
 * @param noiseMean mean of ln σ in training
 * @param noiseDeviation standard deviation of ln σ in training
 */
record Edm(double noiseMean, double noiseDeviation) implements Parameterization {
    /** Standard deviation of the data, in [−1, 1]; the paper's value for images, near enough for handwritten digits. */
    static final double DATA_DEVIATION = 0.5;

    /** The paper's P_mean and P_std: ln σ ~ N(−1.2, 1.2²). */
    static final double LOG_MEAN = -1.2;

    static final double LOG_DEVIATION = 1.2;
    private static final double LOWEST = 0.002;
    private static final double HIGHEST = 80;
    private static final double RHO = 7;

    /** Conditioning values ln(σ)/4 lie within ±1.6; the sinusoids of the embedding were made for values in the hundreds. */
    static final double LEVEL_SCALE = 250;

    @Override
    public Value trainingNoise(Value uniform, Value table) {
        return uniform.noise().times(noiseDeviation).plus(noiseMean).exp();
    }

    @Override
    public double[] trainingLevels() {
        return new double[0];
    }

    @Override
    public double trainingLevel(double share) {
        return Math.exp(noiseMean + noiseDeviation * new NormalDistribution().inverseCumulativeProbability(share));
    }

    @Override
    public Value denoise(Network network, Value x, Value sigma) {
        double variance = DATA_DEVIATION * DATA_DEVIATION;
        Value total = sigma.square().plus(variance);
        Value inverseDeviation = total.squareRoot().reciprocal();
        Value skip = total.reciprocal().times(variance);
        Value out = sigma.times(inverseDeviation).times(DATA_DEVIATION);
        Value predicted = network.of(x.times(inverseDeviation), level(sigma));
        return x.times(skip).plus(predicted.times(out));
    }

    @Override
    public Value lossWeight(Value sigma) {
        double variance = DATA_DEVIATION * DATA_DEVIATION;
        return sigma.square().plus(variance).dividedBy(sigma.square().times(variance));
    }

    @Override
    public double highest() {
        return HIGHEST;
    }

    @Override
    public double lowest() {
        return LOWEST;
    }

    @Override
    public double[] samplingLevels(int steps, double first, double last) {
        if (first <= last) {
            return new double[] {first};
        }
        double high = Math.pow(first, 1 / RHO);
        double low = Math.pow(last, 1 / RHO);
        double[] levels = new double[steps];
        for (int i = 0; i < steps; i++) {
            levels[i] = Math.pow(high + i / (steps - 1.0) * (low - high), RHO);
        }
        return levels;
    }

    /** The conditioning value ln(σ)/4, scaled for the embedding, (N). */
    static Value level(Value sigma) {
        return sigma.log().times(LEVEL_SCALE / 4).reshape(Graph.ANY);
    }
}
