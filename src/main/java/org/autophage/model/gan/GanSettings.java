package org.autophage.model.gan;

import java.util.Objects;
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
        Precision precision) {
    static GanSettings of(GanSpec written) {
        GanSpec spec = written.complete();
        boolean style = spec.architecture() == ArchitectureKind.STYLEGAN2;
        return new GanSettings(
                spec.architecture(),
                spec.conditional(),
                filled(spec.channels()),
                filled(spec.maxChannels()),
                filled(spec.latent()),
                style ? filled(spec.mappingLayers()) : 0,
                style ? filled(spec.mappingRate()) : 1,
                filled(spec.steps()),
                filled(spec.criticSteps()),
                filled(spec.batch()),
                filled(spec.learningRate()),
                filled(spec.discriminatorLearningRate()),
                filled(spec.ema()),
                style
                        ? new NonSaturating(filled(spec.r1()), filled(spec.r1Every()))
                        : new Wasserstein(filled(spec.gradientPenalty())),
                spec.flips(),
                spec.augmentation(),
                spec.precision());
    }

    private static <T> T filled(@Nullable T value) {
        return Objects.requireNonNull(value, "a complete spec leaves nothing of its architecture out");
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
