package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autophage.data.Images;
import org.autophage.model.Glyphs;
import org.autophage.model.Precision;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Floats;
import org.autophage.program.OnCpu;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks in bfloat16 against the same in float32: a number of bfloat16 is within 1/512 of what it stands for. */
class GanPrecisionTest extends OnCpu {
    private static final int BATCH = 8;

    /**
     * Gradients differ by more than the layers do: where rounding moves one activation in a hundred across the kink of a
     * (leaky) ReLU, its slope is another one there, which makes a gradient differ by a tenth.
     */
    private static final double OF_A_GRADIENT = 0.2;

    private static final Path NOWHERE = Path.of("nowhere");

    private static GanProgram program(ArchitectureKind architecture, Precision precision) {
        GanSettings settings = GanSettings.of(TinyGan.spec(architecture, 10, precision));
        return new GanProgram(device, settings, TinyGan.SHAPE, TinyGan.CHUNK);
    }

    @ParameterizedTest
    @EnumSource(ArchitectureKind.class)
    void imagesAreTheSameUpToRounding(ArchitectureKind architecture) {
        float[] exact = TinyGan.imagesOfFixedLatents(device, architecture, Precision.FLOAT32);
        float[] rounded = TinyGan.imagesOfFixedLatents(device, architecture, Precision.BFLOAT16);
        assertThat(Floats.relativeDistance(rounded, exact)).isBetween(1e-4, 0.02);
    }

    @ParameterizedTest
    @EnumSource(ArchitectureKind.class)
    void stepsFollowTheSameGradientsUpToRounding(ArchitectureKind architecture) {
        Steps exact = Steps.of(program(architecture, Precision.FLOAT32));
        Steps rounded = Steps.of(program(architecture, Precision.BFLOAT16));
        assertThat(rounded.figures()).hasSameSizeAs(exact.figures());
        for (int i = 0; i < exact.figures().length; i++) {
            assertThat(rounded.figures()[i])
                    .describedAs("figure " + i)
                    .isCloseTo(exact.figures()[i], within(0.02 + 0.02 * Math.abs(exact.figures()[i])));
        }
        assertThat(Floats.relativeDistance(rounded.ofDiscriminator(), exact.ofDiscriminator()))
                .isBetween(1e-4, OF_A_GRADIENT);
        assertThat(Floats.relativeDistance(rounded.ofGenerator(), exact.ofGenerator()))
                .isBetween(1e-4, OF_A_GRADIENT);
    }

    /**
     * A step of the discriminator with its penalty and one of the generator, both from the start.
     *
     * @param figures that the steps tell of
     * @param ofGenerator a multiple of the gradient: Adam's first mean
     * @param ofDiscriminator the same
     */
    private record Steps(double[] figures, float[] ofGenerator, float[] ofDiscriminator) {
        static Steps of(GanProgram program) {
            Images glyphs = (Images) Glyphs.trainingSet(2 * BATCH).samples();
            try (Scope scope = device.newScope();
                    TrainingState generator =
                            TrainingState.initial(scope, program.parameters().initialize(1));
                    TrainingState discriminator =
                            TrainingState.initial(scope, program.discriminator().initialize(2))) {
                Tensor labels = scope.longs(TinyGan.SHAPE.labelsOf(glyphs), glyphs.count());
                Tensor indices = scope.range(0, BATCH);
                Tensor template = scope.zeros(BATCH, program.latent());
                float[] start = program.discriminator().initialize(2);
                float[] equalWeights = new float[2 * BATCH];
                Arrays.fill(equalWeights, 1);
                device.seed(5);
                List<Tensor> first = program.run(
                        scope,
                        GanMethods.PENALIZED_STEP,
                        discriminator.arguments(
                                1e-3,
                                1.0,
                                generator.parameters(),
                                glyphs.onDevice(scope),
                                labels,
                                scope.floats(equalWeights, 2 * BATCH),
                                indices,
                                template));
                device.seed(6);
                List<Tensor> second = program.run(
                        scope,
                        GanMethods.GENERATOR_STEP,
                        generator.arguments(1e-3, 1.0, scope.floats(start, start.length), labels, indices, template));
                double[] figures = GanProgram.figures(second, first).stream()
                        .mapToDouble(Tensor::toNumber)
                        .toArray();
                return new Steps(
                        figures,
                        gradient(generator, program.parameters()),
                        gradient(discriminator, program.discriminator()));
            }
        }

        /** Without the strengths of StyleGAN2's noise, whose gradients are the noise's, and that is drawn anew. */
        private static float[] gradient(TrainingState state, Parameters parameters) {
            float[] all = SafeTensors.require(state.arrays(""), "adam.mean", NOWHERE);
            Map<String, FloatArray> named = parameters.split(all);
            named.forEach((name, array) -> {
                if (name.endsWith(".noise")) {
                    Arrays.fill(array.elements(), 0);
                }
            });
            return parameters.join(named, NOWHERE);
        }
    }
}
