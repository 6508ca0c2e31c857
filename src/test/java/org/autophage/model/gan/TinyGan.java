package org.autophage.model.gan;

import org.autophage.data.ImageShape;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Device;
import org.autophage.program.Floats;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** GANs small enough for tests. */
final class TinyGan {
    static final ImageShape SHAPE = new ImageShape(16, 1, 10);
    static final int CHUNK = 20;
    static final SamplingSpec SAMPLING = new SamplingSpec(1.0, null, null, CHUNK);

    private TinyGan() {}

    static GanSpec spec(ArchitectureKind architecture, int steps) {
        return spec(architecture, steps, Precision.FLOAT32);
    }

    static GanSpec spec(ArchitectureKind architecture, int steps, Precision precision) {
        return spec(architecture, steps, true, 2e-3, null, false, Augmentation.NONE, precision);
    }

    static GanSpec spec(
            ArchitectureKind architecture,
            int steps,
            boolean conditional,
            double learningRate,
            @Nullable Double discriminatorLearningRate,
            boolean flips,
            Augmentation augmentation,
            Precision precision) {
        boolean style = architecture == ArchitectureKind.STYLEGAN2;
        return new GanSpec(
                architecture,
                conditional,
                4,
                8,
                8,
                style ? 2 : null,
                style ? 0.1 : null,
                steps,
                style ? 1 : 2,
                8,
                learningRate,
                discriminatorLearningRate,
                0.9,
                style ? 0.5 : null,
                style ? 4 : null,
                style ? null : 10.0,
                flips,
                augmentation,
                precision);
    }

    /** Images (8, C, H, W) of given latent points, by the initial weights, which draw no noise into them. */
    static float[] imagesOfFixedLatents(Device device, ArchitectureKind architecture, Precision precision) {
        GanProgram program = new GanProgram(device, GanSettings.of(spec(architecture, 10, precision)), SHAPE, CHUNK);
        float[] weights = program.parameters().initialize(1);
        try (Scope scope = device.newScope()) {
            Tensor labels = scope.longs(new long[] {0, 1, 2, 3, 0, 1, 2, 3}, 8);
            Tensor latents = scope.floats(Floats.normal(8 * program.latent(), 1, 4), 8, program.latent());
            return program.run(scope, "generate", scope.floats(weights, weights.length), latents, labels)
                    .get(0)
                    .toFloats();
        }
    }
}
