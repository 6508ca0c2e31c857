package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Samplers with ideal denoisers of Gaussians N(μ, v) in place of networks, D(x; σ) = (v x + σ²μ)/(v + σ²), whose "weights" are μ
 * and v: one of them drawing away from another, and loops that end at a last level of noise. The steps are linear, so that the end
 * of one image says the variance of all.
 */
class GaussianDenoisersTest extends OnCpu {
    private static final int PIXELS = 16;
    private static final Edm EDM = new Edm(Edm.LOG_MEAN, Edm.LOG_DEVIATION);
    private static Program one;
    private static Program two;

    @BeforeAll
    static void open() {
        one = program(List.of(gaussian("denoise")));
        Graph away = new DiffusionMethods(
                        TinyDiffusion.spec(DiffusionSpec.ParameterizationKind.EDM, 1), TinyDiffusion.SHAPE)
                .denoiseAway(2)
                .get(1);
        two = program(List.of(gaussian("denoise_one"), away));
    }

    @AfterAll
    static void closeBoth() {
        one.close();
        two.close();
    }

    private static Graph gaussian(String name) {
        Graph graph = new Graph(name);
        Value flat = graph.input("flat", Graph.ANY);
        Value x = graph.input("x", Graph.ANY, 1, PIXELS, PIXELS);
        Value square = graph.input("sigma", Graph.ANY).square().reshape(Graph.ANY, 1, 1, 1);
        graph.input("labels", Graph.ANY);
        Value mean = flat.slice(0, 0, 1).reshape(1, 1, 1, 1);
        Value variance = flat.slice(0, 1, 2).reshape(1, 1, 1, 1);
        return graph.returns(x.times(variance).plus(square.times(mean)).dividedBy(square.plus(variance)));
    }

    private static Program program(List<Graph> denoiser) {
        List<Graph> all = new ArrayList<>(denoiser);
        for (SamplerKind kind : SamplerKind.values()) {
            Sampler sampler = kind.sampler();
            all.add(sampler.record(SolverStep.of(sampler.method(), false, TinyDiffusion.SHAPE)));
        }
        return new Program(device, all.toArray(Graph[]::new));
    }

    /** Takes pixels of the same value through all levels. */
    private static float[] solved(Program program, SamplerKind sampler, double[] levels, float[] start, float... flat) {
        try (Scope scope = device.newScope()) {
            Tensor weights = scope.floats(flat, flat.length);
            Tensor labels = scope.longs(new long[start.length / (PIXELS * PIXELS)], start.length / (PIXELS * PIXELS));
            Tensor noise = scope.floats(start, start.length / (PIXELS * PIXELS), 1, PIXELS, PIXELS);
            return new ReverseProcess(program::run, sampler.sampler(), levels, weights, labels, 0)
                    .solveFrom(scope, noise)
                    .toFloats();
        }
    }

    private static float[] constant(double value) {
        float[] pixels = new float[PIXELS * PIXELS];
        Arrays.fill(pixels, (float) value);
        return pixels;
    }

    /** Equal ratios from σ = 200 to σ = 0.001, then 0. */
    private static double[] ratios(int steps) {
        double[] levels = new double[steps + 1];
        for (int i = 0; i < steps; i++) {
            levels[i] = 200 * Math.pow(0.001 / 200, i / (steps - 1.0));
        }
        return levels;
    }

    /** v = v_r (v_r/v_s)^ω for the probability-flow ODE; Euler's method is of first order. */
    @ParameterizedTest
    @CsvSource({
        "HEUN, 300, .8, 1, 1.2500, .0005",
        "DPM, 300, .8, 1, 1.2500, .0005",
        "DDIM, 4000, .8, 1, 1.2500, .006",
        "HEUN, 300, .8, .5, 1.11803, .0005",
        "HEUN, 300, 1.1, 1, .90909, .0005",
        "DPM, 300, 1.1, 1, .90909, .0005",
        "HEUN, 300, .8, 0, 1, .0005",
        "HEUN, 300, .8, -1, .8, .0005"
    })
    void awayFromAnotherGaussianTheOdeWidens(
            SamplerKind sampler, int steps, float other, float weight, double variance, double error) {
        double end = solved(two, sampler, ratios(steps), constant(200), 0, 1, 0, other, weight)[0];
        assertThat(end * end).isCloseTo(variance, within(error));
    }

    /** μ_r − ω(μ_s − μ_r) for equal variances; the second value was worked out by a solver from σ = 200. */
    @ParameterizedTest
    @CsvSource({"HEUN, 1, .1", "DPM, 1, .1", "HEUN, .8, .0676", "DPM, .8, .0676"})
    void theMeanGoesTheOtherWay(SamplerKind sampler, float other, double mean) {
        double end = solved(two, sampler, ratios(300), constant(0), .3f, 1, .5f, other, 1)[0];
        assertThat(end).isCloseTo(mean, within(.001));
    }

    /** The stochastic sampler's law is another: ∫ (E(0)/E(u))² du with E(u) = (v_r + u)^{1+ω}/(v_s + u)^ω gives 1.27083. */
    @Test
    void awayFromAnotherGaussianTheSdeWidensMore() {
        assertThat(variance(ratios(40_000))).as("the chain's limit").isCloseTo(1.27083, within(.0005));
        double[] levels = ratios(300);
        double expected = variance(levels);
        int images = 64;
        float[] start = new float[images * PIXELS * PIXELS];
        java.util.SplittableRandom random = new java.util.SplittableRandom(5);
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (200 * random.nextGaussian());
        }
        device.seed(6);
        float[] end = solved(two, SamplerKind.ANCESTRAL, levels, start, 0, 1, 0, .8f, 1);
        double square = 0;
        for (float pixel : end) {
            square += pixel * pixel / (double) end.length;
        }
        assertThat(square).isCloseTo(expected, within(4 * expected * Math.sqrt(2.0 / end.length)));
    }

    /** What the chain of steps makes of noise, where both denoisers are linear. */
    private static double variance(double[] levels) {
        double variance = levels[0] * levels[0];
        for (int i = 0; i + 1 < levels.length; i++) {
            double square = levels[i] * levels[i];
            double ratio = Math.pow(levels[i + 1] / levels[i], 2);
            double estimate = 2 / (1 + square) - .8 / (.8 + square);
            double gain = estimate + ratio * (1 - estimate);
            variance = gain * gain * variance + Math.pow(levels[i + 1], 2) * (1 - ratio);
        }
        return variance;
    }

    /** Variance of what a sampler draws from the denoiser of N(0, v) on the way to a last level of noise. */
    private static double drawn(SamplerKind sampler, Course course, double variance) {
        double[] levels = course.levels(EDM, 600); // the error of the steps adds up too
        double end = solved(one, sampler, levels, constant(levels[0]), 0, (float) variance)[0];
        return end * end;
    }

    /**
     * Loops at n = ∞ with a real share α of variance v₀ = .25 and perfect denoisers that stop at σ_min = .1: v₀ + σ_min²/α with
     * what noise is left there; with the usual last step to 0 v' = w²/(w + σ_min²), w = αv₀ + (1 − α)v, so narrower.
     */
    @ParameterizedTest
    @CsvSource({
        "HEUN, .3, false, 20, .28333",
        "DPM, .3, false, 20, .28333",
        "HEUN, .3, true, 20, .21807",
        "DPM, .3, true, 20, .21807",
        "HEUN, 0, false, 10, .35",
        "HEUN, 0, true, 10, .15469",
        "DPM, 0, true, 10, .15469"
    })
    void theLastLevelOfNoiseAddsUp(
            SamplerKind sampler, double real, boolean denoised, int generations, double variance) {
        Course course = Course.USUAL.endingAt(.1, denoised);
        double now = .25;
        for (int t = 0; t < generations; t++) {
            now = drawn(sampler, course, real * .25 + (1 - real) * now);
        }
        assertThat(now).isCloseTo(variance, within(.0005));
    }

    /** A level that falls with the generations leaves a loop where it is but for Σσ_t². */
    @Test
    void anAnnealedLastLevelAddsUpToItsSquares() {
        double now = .25;
        double expected = .25;
        for (int t = 1; t <= 8; t++) {
            double sigma = .1 * Math.pow(.5, t - 1.0);
            now = drawn(SamplerKind.HEUN, Course.USUAL.endingAt(sigma, false), now);
            expected += sigma * sigma;
        }
        assertThat(expected).isCloseTo(.25 + .01 * 4 / 3, within(1e-6));
        assertThat(now).isCloseTo(expected, within(.0005));
    }

    /** Images that are led back from a level s: x goes to x √(v/(v + s²)), so that w(v₀ + s²) becomes of real ones of variance v₀. */
    @ParameterizedTest
    @CsvSource({
        "HEUN, 100, .5, .25, .0005",
        "HEUN, 100, 3, .25, .0005",
        "DPM, 100, .5, .25, .0005",
        "DPM, 100, 3, .5, .0005",
        "DPM2, 100, .05, .1, .0005",
        "DDIM, 2000, .5, .25, .002"
    })
    void editsScaleWhatTheyAreGiven(SamplerKind sampler, int steps, double noise, double variance, double error) {
        double[] levels = Course.USUAL.levels(EDM, steps, noise);
        assertThat(levels).hasSize(steps + 1);
        assertThat(levels[0]).isCloseTo(noise, within(1e-9));
        double end = solved(one, sampler, levels, constant(1), 0, (float) variance)[0];
        assertThat(end).isCloseTo(Math.sqrt(variance / (variance + noise * noise)), within(error));
    }

    /** The stochastic sampler draws from the posterior: mean wx, variance vs²/(v + s²), of which 400 steps leave .1230 in place of .1250. */
    @Test
    void theStochasticSamplerEditsByThePosterior() {
        double variance = .25;
        double noise = .5;
        int images = 256;
        float[] start = new float[images * PIXELS * PIXELS];
        Arrays.fill(start, .8f);
        device.seed(8);
        double[] levels = Course.USUAL.levels(EDM, 400, noise);
        float[] end = solved(one, SamplerKind.ANCESTRAL, levels, start, 0, (float) variance);
        double mean = 0;
        double square = 0;
        for (float pixel : end) {
            mean += pixel / (double) end.length;
            square += pixel * pixel / (double) end.length;
        }
        double chain = 0;
        for (int i = 0; i + 1 < levels.length; i++) {
            double ratio = Math.pow(levels[i + 1] / levels[i], 2);
            double share = variance / (variance + levels[i] * levels[i]);
            chain = Math.pow(share + ratio * (1 - share), 2) * chain + Math.pow(levels[i + 1], 2) * (1 - ratio);
        }
        assertThat(chain).isCloseTo(variance * noise * noise / (variance + noise * noise), within(.0025));
        assertThat(square - mean * mean).isCloseTo(chain, within(4 * chain * Math.sqrt(2.0 / end.length)));
        double posterior = .8 * variance / (variance + noise * noise);
        assertThat(mean).isCloseTo(posterior, within(4 * Math.sqrt(chain / end.length)));
    }

    /** The way of an edit begins at its level, of a chain at the nearest one, and has no steps where that is its end. */
    @Test
    void levelsBeginWhereTheyAreTold() {
        assertThat(Course.USUAL.levels(EDM, 18, 80)).isEqualTo(Course.USUAL.levels(EDM, 18));
        assertThat(Course.USUAL.levels(EDM, 18, .001)).containsExactly(.001, 0);
        assertThat(Course.USUAL.endingAt(.1, false).levels(EDM, 18, .05)).containsExactly(.05);

        Ddpm chain = new Ddpm(100);
        double[] all = chain.trainingLevels();
        assertThat(Course.USUAL.levels(chain, 10, chain.highest())).isEqualTo(Course.USUAL.levels(chain, 10));
        assertThat(Course.USUAL.levels(chain, 10, all[60] * 1.001))
                .hasSize(11)
                .startsWith(all[60])
                .endsWith(all[0], 0);
        assertThat(Course.USUAL.levels(chain, 10, all[3])).containsExactly(all[3], all[2], all[1], all[0], 0);
        assertThat(Course.USUAL.levels(chain, 10, 1e-9)).containsExactly(all[0], 0);
        assertThat(Course.USUAL.endingAt(all[5], true).levels(chain, 10, all[7]))
                .containsExactly(all[7], all[6], all[5], 0);
    }

    @Test
    void levelsEndWhereTheyAreTold() {
        double[] stopped = Course.USUAL.endingAt(.1, false).levels(EDM, 18);
        assertThat(stopped).hasSize(18);
        assertThat(stopped[0]).isCloseTo(80, within(1e-9));
        assertThat(stopped[17]).isCloseTo(.1, within(1e-6));
        assertThat(Course.USUAL.endingAt(.1, true).levels(EDM, 18)).hasSize(19).endsWith(0.0);
        assertThat(Course.USUAL.levels(EDM, 18)).isEqualTo(Arrays.copyOf(EDM.samplingLevels(18), 19));

        Ddpm chain = new Ddpm(100);
        double[] all = chain.trainingLevels();
        double[] few = Course.USUAL.endingAt(all[30] - 1e-4, false).levels(chain, 10);
        assertThat(few).hasSize(10).startsWith(all[99]).endsWith(all[30]);
        assertThat(Course.USUAL.endingAt(all[95], false).levels(chain, 10))
                .as("no level twice")
                .containsExactly(all[99], all[98], all[97], all[96], all[95]);
    }
}
