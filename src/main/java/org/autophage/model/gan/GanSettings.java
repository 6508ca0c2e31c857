package org.autophage.model.gan;

import org.autophage.data.ImageShape;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.Precision;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What a GAN's spec comes to, nothing left out; and the networks and losses that its architecture stands for.
 *
 * @param mappingLayers 0 where there is no mapping network
 * @param ada how augmentation adapts; null where it does not
 * @see GanSpec
 */
record GanSettings(
        ArchitectureKind architecture,
        boolean conditional,
        int channels,
        int maxChannels,
        int latent,
        int mappingLayers,
        double mappingRate,
        int steps,
        int criticSteps,
        int batch,
        double learningRate,
        double discriminatorLearningRate,
        double ema,
        Objective objective,
        boolean flips,
        Augmentation augmentation,
        @Nullable AdaptiveAugmentation ada,
        Precision precision) {
    private static final NonSaturating R1 = new NonSaturating(4, 16);
    private static final Wasserstein GRADIENT_PENALTY = new Wasserstein(10);

    /** What stylegan2 has where a spec says nothing: sizes for small images on few cores. */
    private static final GanSettings STYLE = new GanSettings(
            ArchitectureKind.STYLEGAN2,
            true,
            16,
            256,
            64,
            2,
            1,
            4000,
            1,
            32,
            1e-2,
            1e-2,
            0.998,
            R1,
            false,
            Augmentation.NONE,
            null,
            Precision.FLOAT32);

    /** What wgan-gp has: the paper's settings for MNIST, with fewer steps. */
    private static final GanSettings WASSERSTEIN = new GanSettings(
            ArchitectureKind.WGAN_GP,
            true,
            64,
            256,
            128,
            0,
            1,
            4000,
            5,
            50,
            1e-4,
            1e-4,
            0.998,
            GRADIENT_PENALTY,
            false,
            Augmentation.NONE,
            null,
            Precision.FLOAT32);

    /** What a spec says, and what is usual for its architecture where it says nothing. */
    static GanSettings of(GanSpec spec) {
        boolean style = spec.architecture() == ArchitectureKind.STYLEGAN2;
        GanSettings usual = style ? STYLE : WASSERSTEIN;
        int channels = or(spec.channels(), usual.channels);
        double learningRate = or(spec.learningRate(), usual.learningRate);
        return new GanSettings(
                spec.architecture(),
                spec.conditional(),
                channels,
                or(spec.maxChannels(), Math.max(channels, usual.maxChannels)),
                or(spec.latent(), usual.latent),
                or(spec.mappingLayers(), usual.mappingLayers),
                or(spec.mappingRate(), usual.mappingRate),
                or(spec.steps(), usual.steps),
                or(spec.criticSteps(), usual.criticSteps),
                or(spec.batch(), usual.batch),
                learningRate,
                or(spec.discriminatorLearningRate(), learningRate),
                or(spec.ema(), usual.ema),
                style ? nonSaturating(spec) : wasserstein(spec),
                spec.flips(),
                spec.augmentation(),
                spec.augmentation() == Augmentation.ADA ? or(spec.ada(), AdaptiveAugmentation.DEFAULTS) : null,
                spec.precision());
    }

    /** The objective of a stylegan2. */
    static NonSaturating nonSaturating(GanSpec spec) {
        return new NonSaturating(or(spec.r1(), R1.gamma()), or(spec.r1Every(), R1.every()));
    }

    /** The objective of a wgan-gp. */
    static Wasserstein wasserstein(GanSpec spec) {
        return new Wasserstein(or(spec.gradientPenalty(), GRADIENT_PENALTY.weight()));
    }

    private static <T> T or(@Nullable T value, T usual) {
        return value == null ? usual : value;
    }

    /** A batch is what the discriminator sees in all its steps before one of the generator's. */
    Optimization optimization() {
        return new Optimization(steps, batch * criticSteps);
    }

    Generator generator(ImageShape shape) {
        return architecture == ArchitectureKind.STYLEGAN2
                ? new StyleGenerator(this, shape)
                : new ConvolutionalGenerator(this, shape);
    }

    /** Records the method {@code discriminate}. */
    Graph discriminator(ImageShape shape, Parameters parameters) {
        return architecture == ArchitectureKind.STYLEGAN2
                ? new StyleDiscriminator(this, shape).method(parameters)
                : new ConvolutionalCritic(this, shape).method(parameters);
    }
}
