package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.model.Sampling.Solver;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.OnCpu;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Samplers against exact solutions. A network that has not been trained puts out zeros, and then EDM's preconditioning is
 * the ideal denoiser D(x; σ) = x s²/(s² + σ²) of data from N(0, s²), s = 0.5, whose probability-flow ODE has the solution
 * x(σ) = x(σ₀) √((s² + σ²)/(s² + σ₀²)).
 */
class SamplerTest extends OnCpu {
    private static final double VARIANCE = Edm.DATA_DEVIATION * Edm.DATA_DEVIATION;
    private static final int IMAGES = 64;
    private static final int PIXELS = 256;

    private static Tensor labels;

    @BeforeAll
    static void open() {
        labels = device.longs(new long[IMAGES], IMAGES);
    }

    // The same recursions on one number, worked out in another program, give the errors below.

    @Test
    void heunConvergesToTheSolutionWithTheSquareOfTheSteps() {
        assertThat(error(SamplerKind.HEUN, 18)).isCloseTo(0.05527, within(2e-4));
        assertThat(error(SamplerKind.HEUN, 36)).isCloseTo(0.01221, within(2e-4));
    }

    @Test
    void dpmIsOfSecondOrderFromOneEvaluationAStep() {
        assertThat(error(SamplerKind.DPM, 18)).isCloseTo(0.06230, within(2e-4));
        assertThat(error(SamplerKind.DPM, 36)).isCloseTo(0.01310, within(2e-4));
    }

    @Test
    void dpm2IsOfSecondOrderWithHalfOfHeunsError() {
        assertThat(error(SamplerKind.DPM2, 18)).isCloseTo(0.03162, within(2e-4));
        assertThat(error(SamplerKind.DPM2, 36)).isCloseTo(0.00706, within(2e-4));
    }

    @Test
    void eulerConvergesSlowly() {
        assertThat(error(SamplerKind.DDIM, 18)).isCloseTo(0.15392, within(2e-4));
        assertThat(error(SamplerKind.DDIM, 400)).isLessThan(0.05);
    }

    /** Largest relative error of the final pixels. */
    private static double error(SamplerKind sampler, int steps) {
        DiffusionProgram program = program(ParameterizationKind.EDM, sampler, steps);
        double first = program.samplingLevels(Course.USUAL)[0];
        try (Scope scope = device.newScope()) {
            float[] flat = program.parameters().initialize(1);
            Tensor weights = scope.floats(flat, flat.length);
            device.seed(3);
            Tensor noise = latents(program, scope, first);
            float[] start = noise.toFloats();
            float[] end = program.reverse(Course.USUAL, weights, labels, 0)
                    .solveFrom(scope, noise)
                    .toFloats();
            double factor = Math.sqrt(VARIANCE / (VARIANCE + first * first));
            double largest = 0;
            for (int i = 0; i < end.length; i++) {
                largest = Math.max(largest, Math.abs(end[i] / (start[i] * factor) - 1));
            }
            return largest;
        }
    }

    @Test
    void ancestralStepsHaveTheVarianceOfTheChain() {
        int steps = 20;
        DiffusionProgram program = program(ParameterizationKind.EDM, SamplerKind.ANCESTRAL, steps);
        double[] levels = program.samplingLevels(Course.USUAL);
        try (Scope scope = device.newScope()) {
            float[] flat = program.parameters().initialize(1);
            Tensor weights = scope.floats(flat, flat.length);
            device.seed(4);
            Tensor x = latents(program, scope, levels[0]);
            double expected = levels[0] * levels[0];
            for (int i = 0; i < steps; i++) {
                x = program.run(scope, "ancestral", weights, x, labels, levels[i], levels[i + 1])
                        .get(0);
                double ratio = Math.pow(levels[i + 1] / levels[i], 2);
                double denoiser = VARIANCE / (VARIANCE + levels[i] * levels[i]);
                double gain = denoiser + ratio * (1 - denoiser);
                expected = gain * gain * expected + Math.pow(levels[i + 1], 2) * (1 - ratio);
            }
            float[] end = x.toFloats();
            double square = 0;
            for (float pixel : end) {
                square += pixel * pixel;
            }
            // 16,384 normal pixels: five standard errors of a variance are 5.5%.
            assertThat(square / end.length).isCloseTo(expected, within(5 * expected * Math.sqrt(2.0 / end.length)));
        }
    }

    @Test
    void guidanceCombinesConditionalAndUnconditionalEstimates() {
        DiffusionProgram program = program(ParameterizationKind.EDM, SamplerKind.HEUN, 4);
        try (Scope scope = device.newScope()) {
            float[] flat = program.parameters().initialize(1);
            java.util.SplittableRandom random = new java.util.SplittableRandom(2);
            for (int i = 0; i < flat.length; i++) {
                flat[i] += (float) (0.1 * random.nextDouble());
            }
            Tensor weights = scope.floats(flat, flat.length);
            float[] pixels = new float[2 * PIXELS];
            java.util.Arrays.setAll(new double[pixels.length], i -> pixels[i] = (float) random.nextDouble());
            Tensor x = scope.floats(pixels, 2, 1, 16, 16);
            Tensor sigma = scope.floats(new float[] {0.5f, 2}, 2);
            float[] conditional = denoise(program, scope, weights, x, sigma, 3, 7);
            float[] unconditional = denoise(program, scope, weights, x, sigma, 10, 10);
            float[] guided = program.run(
                            scope, "denoise_guided", weights, x, sigma, scope.longs(new long[] {3, 7}, 2), 0.5)
                    .get(0)
                    .toFloats();
            assertThat(conditional).isNotEqualTo(unconditional);
            for (int i = 0; i < guided.length; i++) {
                assertThat(guided[i]).isCloseTo(1.5f * conditional[i] - 0.5f * unconditional[i], within(2e-4f));
            }
        }
    }

    private static float[] denoise(
            DiffusionProgram program, Scope scope, Tensor weights, Tensor x, Tensor sigma, long... asked) {
        return program.run(scope, "denoise", weights, x, sigma, scope.longs(asked, asked.length))
                .get(0)
                .toFloats();
    }

    @Test
    void edmLevelsAreThoseOfItsPaper() {
        double[] levels = new Edm(Edm.LOG_MEAN, Edm.LOG_DEVIATION).samplingLevels(18);
        assertThat(levels[0]).isCloseTo(80, within(1e-9));
        assertThat(levels[1]).isCloseTo(57.5860, within(1e-3));
        assertThat(levels[17]).isCloseTo(0.002, within(1e-9));
    }

    @Test
    void ddpmLevelsEndInNoiseForEveryT() {
        double[] published = new Ddpm(1000).trainingLevels();
        // Ho et al. 2020: ᾱ_1000 = 4.0358e-5 and ᾱ_1 = 1 − 1e-4.
        assertThat(signal(published[999])).isCloseTo(4.0358e-5, within(1e-9));
        assertThat(signal(published[0])).isCloseTo(1 - 1e-4, within(1e-12));
        assertThat(signal(new Ddpm(500).trainingLevels()[499])).isBetween(3e-5, 5e-5);
        double[] all = new Ddpm(500).samplingLevels(500);
        assertThat(all[0]).isEqualTo(new Ddpm(500).trainingLevels()[499]);
        assertThat(all[499]).isEqualTo(new Ddpm(500).trainingLevels()[0]);
    }

    private static double signal(double sigma) {
        return 1 / (1 + sigma * sigma);
    }

    private static Tensor latents(DiffusionProgram program, Scope scope, double sigma) {
        return program.run(scope, "latents", scope.zeros(IMAGES, 1, 16, 16), sigma)
                .get(0);
    }

    private static DiffusionProgram program(ParameterizationKind kind, SamplerKind sampler, int steps) {
        return new DiffusionProgram(
                device, TinyDiffusion.spec(kind, 10), TinyDiffusion.SHAPE, new Solver(sampler, steps), IMAGES);
    }
}
