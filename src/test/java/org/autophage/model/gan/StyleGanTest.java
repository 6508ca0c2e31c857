package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.program.Value;
import org.junit.jupiter.api.Test;

/** The parts of StyleGAN2 against plain loops, one image after the other. */
class StyleGanTest extends OnCpu {
    private static final int LATENT = 8;
    private static final Path NOWHERE = Path.of("nowhere");

    private static GanProgram program() {
        return new GanProgram(
                device, GanSettings.of(TinyGan.spec(ArchitectureKind.STYLEGAN2, 10)), TinyGan.SHAPE, TinyGan.CHUNK);
    }

    @Test
    void modulatedConvolutionEqualsOneOfEveryImagesOwnWeights() {
        int in = 3;
        int out = 2;
        int size = 5;
        Parameters parameters = new Parameters();
        Graph graph = new Graph("modulated", parameters);
        Value x = graph.input("x", Graph.ANY, in, size, size);
        Value w = graph.input("w", Graph.ANY, 4);
        graph.returns(new EqualizedLayers(graph).modulated("layer", x, w, out, 3, true));
        float[] flat = parameters.initialize(3);
        double[] images = waves(2 * in * size * size, 0.7);
        double[] latents = waves(2 * 4, 1.3);
        double[] result;
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            result = program.run(
                            scope,
                            "modulated",
                            scope.doubles(widen(flat), flat.length),
                            scope.doubles(images, 2, in, size, size),
                            scope.doubles(latents, 2, 4))
                    .get(0)
                    .toDoubles();
        }
        Map<String, FloatArray> named = parameters.split(flat);
        float[] weight = SafeTensors.require(named, "layer.weight", NOWHERE);
        float[] affine = SafeTensors.require(named, "layer.style.weight", NOWHERE);
        for (int n = 0; n < 2; n++) {
            double[] style = new double[in];
            for (int i = 0; i < in; i++) {
                style[i] = 1;
                for (int k = 0; k < 4; k++) {
                    style[i] += affine[i * 4 + k] / Math.sqrt(4) * latents[n * 4 + k];
                }
            }
            for (int o = 0; o < out; o++) {
                double[] own = new double[in * 9];
                double energy = 0;
                for (int i = 0; i < own.length; i++) {
                    own[i] = weight[o * in * 9 + i] / Math.sqrt(in * 9) * style[i / 9];
                    energy += own[i] * own[i];
                }
                for (int place = 0; place < size * size; place++) {
                    double sum = 0;
                    for (int i = 0; i < own.length; i++) {
                        int row = place / size + i % 9 / 3 - 1;
                        int column = place % size + i % 3 - 1;
                        if (row >= 0 && row < size && column >= 0 && column < size) {
                            sum += own[i] * images[((n * in + i / 9) * size + row) * size + column];
                        }
                    }
                    assertThat(result[(n * out + o) * size * size + place])
                            .isCloseTo(sum / Math.sqrt(energy + 1e-8), within(1e-7));
                }
            }
        }
    }

    @Test
    void deviationIsThatAmongImagesOfAClass() {
        Graph graph = new Graph("deviation");
        Value x = graph.input("x", Graph.ANY, 1, 1, 2);
        graph.returns(StyleDiscriminator.withDeviation(x, graph.input("labels", Graph.ANY), 4));
        // Images 0 and 2 are of one class, with deviations 1 and 3; 1 and 3 of another, alike; 4 is alone.
        double[] images = {0, 10, 5, 5, 2, 16, 5, 5, 7, 8};
        double[] expected = {0, 10, 2, 2, 5, 5, 0, 0, 2, 16, 2, 2, 5, 5, 0, 0, 7, 8, 0, 0};
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            Tensor labels = scope.longs(new long[] {3, 0, 3, 0, 1}, 5);
            double[] result = program.run(scope, "deviation", scope.doubles(images, 5, 1, 1, 2), labels)
                    .get(0)
                    .toDoubles();
            // What is 0 shows as the root of the 1e-8 that keeps its slope finite.
            assertThat(result).containsExactly(expected, within(1.001e-4));
        }
    }

    @Test
    void averagesOfWAreTheBatchsByClassAndTruncationMovesTowardsThem() {
        GanProgram program = program();
        float[] start = program.parameters().initialize(1);
        float[] discriminator = program.discriminator().initialize(2);
        long[] labels = {0, 1, 1, 3, 0, 1, 3, 3};
        try (Scope scope = device.newScope();
                TrainingState state = TrainingState.initial(scope, start)) {
            Tensor template = scope.zeros(8, LATENT);
            Tensor asked = scope.longs(labels, 8);
            device.seed(9);
            program.run(
                    scope,
                    GanMethods.GENERATOR_STEP,
                    state.arguments(
                            1e-3,
                            1.0,
                            scope.floats(discriminator, discriminator.length),
                            asked,
                            scope.range(0, 8),
                            template));
            float[] averages = SafeTensors.require(
                    program.parameters().split(state.average().toFloats()), "mapping.average", NOWHERE);
            // The same draw, which is the step's first, through the parameters before the step.
            device.seed(9);
            Tensor latents = program.run(scope, "latents", template).get(0);
            Tensor before = scope.floats(start, start.length);
            float[] w =
                    program.run(scope, "mapping", before, latents, asked).get(0).toFloats();
            for (int k = 0; k < LATENT; k++) {
                assertThat(averages[k]).isCloseTo((w[k] + w[4 * LATENT + k]) / 2, within(1e-6f));
                assertThat(averages[3 * LATENT + k])
                        .isCloseTo((w[3 * LATENT + k] + w[6 * LATENT + k] + w[7 * LATENT + k]) / 3, within(1e-6f));
                assertThat(averages[2 * LATENT + k])
                        .describedAs("a class that was not there")
                        .isZero();
            }

            // Noise has no strength yet in these parameters: images of a class differ by their latent points alone.
            Map<String, FloatArray> arrays = program.parameters().split(start);
            arrays.put("mapping.average", new FloatArray(averages, new long[] {10, LATENT}));
            float[] joined = program.parameters().join(arrays, NOWHERE);
            Tensor flat = scope.floats(joined, joined.length);
            float[] modes = images(program, scope, flat, latents, asked, 1e-9);
            float[] half = images(program, scope, flat, latents, asked, 0.5);
            float[] whole = images(program, scope, flat, latents, asked, 1.0);
            float[] plain =
                    program.run(scope, "generate", flat, latents, asked).get(0).toFloats();
            assertThat(distance(modes, 0, 4)).isLessThan(1e-10);
            assertThat(distance(modes, 1, 5)).isLessThan(1e-10);
            assertThat(distance(modes, 0, 1))
                    .describedAs("classes keep a mean of their own")
                    .isGreaterThan(1e-3);
            assertThat(distance(half, 0, 4)).isBetween(1e-4, 0.9 * distance(whole, 0, 4));
            assertThat(whole).containsExactly(plain, within(1e-5f));
        }
    }

    private static float[] images(
            GanProgram program, Scope scope, Tensor flat, Tensor latents, Tensor labels, double bias) {
        return program.run(scope, "generate_biased", flat, latents, labels, bias)
                .get(0)
                .toFloats();
    }

    /** Mean squared difference of two images. */
    private static double distance(float[] images, int one, int other) {
        int size = TinyGan.SHAPE.bytes();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double difference = images[one * size + i] - images[other * size + i];
            sum += difference * difference;
        }
        return sum / size;
    }

    @Test
    void samplingBiasOfAWassersteinGanScalesTheVarianceOfLatentPoints() {
        GanProgram program = new GanProgram(
                device, GanSettings.of(TinyGan.spec(ArchitectureKind.WGAN_GP, 10)), TinyGan.SHAPE, TinyGan.CHUNK);
        float[] weights = program.parameters().initialize(1);
        try (Scope scope = device.newScope()) {
            Tensor flat = scope.floats(weights, weights.length);
            Tensor labels = scope.longs(new long[] {1, 2}, 2);
            float[] points = new float[2 * LATENT];
            float[] halved = new float[2 * LATENT];
            for (int i = 0; i < points.length; i++) {
                points[i] = (float) Math.sin(i + 1);
                halved[i] = points[i] / 2;
            }
            List<Tensor> biased =
                    program.run(scope, "generate_biased", flat, scope.floats(points, 2, LATENT), labels, 0.25);
            List<Tensor> plain = program.run(scope, "generate", flat, scope.floats(halved, 2, LATENT), labels);
            assertThat(biased.get(0).toFloats()).containsExactly(plain.get(0).toFloats(), within(1e-6f));
        }
    }

    static double[] waves(int count, double pace) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> Math.sin(pace * (i + 1)));
        return values;
    }

    static double[] widen(float[] floats) {
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }
}
