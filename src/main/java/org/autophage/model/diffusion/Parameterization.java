package org.autophage.model.diffusion;

import org.autophage.program.Value;

/**
 * What a diffusion model's network predicts and which noise levels it is trained at. Both parameterizations are written
 * for images to which noise of standard deviation σ was added (the variance-exploding form of Karras et al. 2022), so
 * that samplers know nothing of either.
 */
interface Parameterization {
    /**
     * Noise levels for a training step.
     *
     * @param uniform random numbers in [0, 1), (N)
     * @param table what {@link #trainingLevels} returned, on the device
     * @return σ (N)
     */
    Value trainingNoise(Value uniform, Value table);

    /** The noise levels that {@link #trainingNoise} chooses from; empty if it needs none. */
    double[] trainingLevels();

    /**
     * The level above a share of those that training draws.
     *
     * @param share in (0, 1)
     */
    double trainingLevel(double share);

    /**
     * The network's estimate of the clean images.
     *
     * @param network the network, of already scaled images and the conditioning value of the level
     * @param x noisy images (N, C, H, W)
     * @param sigma their noise levels (N, 1, 1, 1)
     */
    Value denoise(Network network, Value x, Value sigma);

    /** Weight of an image's squared error ‖D(x; σ) − y‖² in the loss, by its noise level (N, 1, 1, 1). */
    Value lossWeight(Value sigma);

    /** σ of the noise that sampling begins with. */
    double highest();

    /** σ of the last level that sampling evaluates at. */
    double lowest();

    /**
     * The noise levels at which a sampler evaluates, falling; a last level of 0 follows.
     *
     * @param steps number of levels
     */
    default double[] samplingLevels(int steps) {
        return samplingLevels(steps, highest(), lowest());
    }

    /**
     * The same on a part of the way.
     *
     * @param steps number of levels; fewer where a chain has not so many between the ends, one where the first is not above the
     *     last
     * @param first σ of the first; where levels are those of a chain, the nearest of it
     * @param last σ of the last; where levels are those of a chain, its lowest from there on
     */
    double[] samplingLevels(int steps, double first, double last);

    /** The network of scaled noisy images and the level's conditioning value (N). */
    @FunctionalInterface
    interface Network {
        Value of(Value scaled, Value level);
    }
}
