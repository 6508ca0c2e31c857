package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.Precision;
import org.autophage.model.Regularization;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.model.vae.VaeSpec;
import org.autophage.program.Floats;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.autophage.run.FileCheckpointStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout in the U-Net's residual blocks: in training alone. */
class DropoutTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final int IMAGES = 3;
    private static final TrainingSet GLYPHS = Glyphs.trainingSet(40);

    private static DiffusionSpec spec(@Nullable Double dropout) {
        return new DiffusionSpec(
                        ParameterizationKind.EDM,
                        null,
                        null,
                        null,
                        true,
                        8,
                        List.of(1, 2),
                        1,
                        2,
                        30,
                        8,
                        2e-3,
                        .9,
                        .1,
                        Precision.FLOAT32,
                        dropout == null ? null : new Regularization(null, null, null, null, dropout))
                .complete();
    }

    private static ModelFamily family(@Nullable Double dropout) {
        return spec(dropout).family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
    }

    private static byte[] samples(GenerativeModel model) {
        return ((Images) model.sample(11, 1, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED)).pixels();
    }

    /** Of n units with p = .3: zeros within four deviations of n p, the mean of all within four standard errors of 1. */
    @Test
    void theExpectationIsKept() {
        int n = 40_000;
        double p = .3;
        Graph graph = new Graph("drop");
        Value x = graph.differentiable(graph.input("x", Graph.ANY));
        Value dropped = Functional.dropout(x, p);
        graph.returns(dropped.detach(), graph.gradient(dropped.sum(), x, false));
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            device.seed(4);
            List<Tensor> results = program.run(scope, "drop", scope.floats(ones, n));
            float[] kept = results.get(0).toFloats();
            int zeros = 0;
            double sum = 0;
            for (float each : kept) {
                zeros += each == 0 ? 1 : 0;
                sum += each;
                assertThat(each == 0 || Math.abs(each - 1 / (1 - p)) < 1e-6).isTrue();
            }
            assertThat((double) zeros).isCloseTo(n * p, within(4 * Math.sqrt(n * p * (1 - p))));
            assertThat(sum / n).isCloseTo(1, within(4 * Math.sqrt(p / (1 - p) / n)));
            assertThat(results.get(1).toFloats()).as("the slope is the mask").isEqualTo(kept);
        }
    }

    /** The U-Net with its training twin, and the square of what either gives with its gradient. */
    private static Program program(Parameters parameters, double dropout) {
        List<Graph> methods = new ArrayList<>();
        methods.add(UNet.record(spec(null), TinyDiffusion.SHAPE, parameters));
        methods.add(UNet.recordDropping("dropping", spec(null), TinyDiffusion.SHAPE, dropout));
        long[] images = {Graph.ANY, 1, 16, 16};
        for (String method : new String[] {"network", "dropping"}) {
            Graph graph = new Graph("of_" + method);
            Value flat = graph.differentiable(graph.input("flat", parameters.size()));
            Value x = graph.input("x", images);
            Value level = graph.input("level", Graph.ANY);
            Value labels = graph.input("labels", Graph.ANY);
            Value out = graph.call(images, method, flat, x, level, labels);
            Value loss = out.square().mean();
            graph.returns(out.detach(), loss.detach(), graph.gradient(loss, flat, false));
            methods.add(graph);
        }
        return new Program(device, methods.toArray(Graph[]::new));
    }

    private static List<Tensor> run(Program program, Scope scope, String method, float[] weights, long seed) {
        device.seed(seed);
        return program.run(
                scope,
                "of_" + method,
                scope.floats(weights, weights.length),
                scope.floats(Floats.normal(IMAGES * 256, 1, 7), IMAGES, 1, 16, 16),
                scope.floats(new float[] {-1, 0, 1}, IMAGES),
                scope.longs(new long[] {0, 3, 9}, IMAGES));
    }

    /** No weight is 0, as the last ones of blocks are before training. */
    private static float[] weights(Parameters parameters) {
        float[] weights = parameters.initialize(1);
        float[] noise = Floats.normal(weights.length, .05, 2);
        for (Parameters.Parameter each : parameters.all()) {
            for (int i = 0; i < each.count(); i++) {
                int place = (int) each.offset() + i;
                weights[place] += noise[place];
            }
        }
        return weights;
    }

    /** Where nearly all units are dropped a block's second convolution sees zeros: as if its weights, but not its biases, were 0. */
    @Test
    void itStandsBeforeTheSecondConvolutionOfEveryBlock() {
        Parameters parameters = new Parameters();
        try (Program program = program(parameters, 1 - 1e-9);
                Scope scope = device.newScope()) {
            float[] weights = weights(parameters);
            float[] dropped = run(program, scope, "dropping", weights, 1).get(0).toFloats();
            float[] without = weights.clone();
            int blocks = 0;
            for (Parameters.Parameter each : parameters.all()) {
                if (each.name().matches("(down|middle|up)\\..*\\.1\\.weight")) {
                    blocks++;
                    Arrays.fill(without, (int) each.offset(), (int) (each.offset() + each.count()), 0);
                }
            }
            assertThat(blocks).isEqualTo(2 + 2 + 2 * 2);
            assertThat(run(program, scope, "network", without, 1).get(0).toFloats())
                    .isEqualTo(dropped);
            assertThat(run(program, scope, "network", weights, 1).get(0).toFloats())
                    .isNotEqualTo(dropped);
        }
    }

    /** Along random directions, with the masks of one seed; float32 holds some five digits of the difference. */
    @Test
    void gradientsAreThoseOfTheMaskedNetwork() {
        Parameters parameters = new Parameters();
        try (Program program = program(parameters, .4);
                Scope scope = device.newScope()) {
            float[] weights = weights(parameters);
            List<Tensor> at = run(program, scope, "dropping", weights, 5);
            float[] gradient = at.get(2).toFloats();
            assertThat(run(program, scope, "dropping", weights, 5).get(0).toFloats())
                    .as("the masks of one seed")
                    .isEqualTo(at.get(0).toFloats());
            assertThat(run(program, scope, "dropping", weights, 6).get(0).toFloats())
                    .as("and of another one")
                    .isNotEqualTo(at.get(0).toFloats());
            for (int trial = 0; trial < 4; trial++) {
                float[] direction = Floats.normal(weights.length, 1, 10 + trial);
                double slope = 0;
                double squared = 0;
                for (int i = 0; i < weights.length; i++) {
                    direction[i] = Math.abs(gradient[i]) * Math.signum(direction[i]) + .1f * gradient[i];
                    slope += (double) direction[i] * gradient[i];
                    squared += (double) direction[i] * direction[i];
                }
                double step = 1e-2 / Math.sqrt(squared);
                double there = run(program, scope, "dropping", moved(weights, direction, step), 5)
                        .get(1)
                        .toNumber();
                double back = run(program, scope, "dropping", moved(weights, direction, -step), 5)
                        .get(1)
                        .toNumber();
                assertThat((there - back) / (2 * step)).isCloseTo(slope, within(.01 * Math.abs(slope)));
            }
        }
    }

    private static float[] moved(float[] weights, float[] direction, double step) {
        float[] moved = new float[weights.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) (weights[i] + step * direction[i]);
        }
        return moved;
    }

    @Test
    void ofNothingItIsNothing() {
        byte[] without;
        try (GenerativeModel model = family(null).train(GLYPHS, null, SEEDS, 1, Work.UNATTENDED)) {
            without = samples(model);
        }
        try (GenerativeModel model = family(0.0).train(GLYPHS, null, SEEDS, 1, Work.UNATTENDED)) {
            assertThat(samples(model)).isEqualTo(without);
        }
        try (GenerativeModel model = family(.2).train(GLYPHS, null, SEEDS, 1, Work.UNATTENDED)) {
            assertThat(samples(model)).isNotEqualTo(without);
        }
    }

    /** Masks are keyed by the step: a training that was stopped draws them again. And a model draws without any. */
    @Test
    void trainingGoesOnToTheBitAndSamplingDropsNothing(@TempDir Path folder) throws Exception {
        ModelFamily family = family(.5);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        Path plain = Files.createDirectory(folder.resolve("plain"));
        byte[] expected;
        try (GenerativeModel model = family.train(GLYPHS, null, SEEDS, 1, Work.UNATTENDED)) {
            expected = samples(model);
            assertThat(samples(model)).isEqualTo(expected);
            model.save(whole);
        }
        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == 13);
        assertThatThrownBy(() -> family.train(GLYPHS, null, SEEDS, 1, stopping)).isInstanceOf(AutophageException.class);
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(GLYPHS, null, SEEDS, 1, going)) {
            model.save(resumed);
        }
        try (GenerativeModel model = family(null).load(whole)) {
            assertThat(samples(model)).as("by a family that knows no dropout").isEqualTo(expected);
            model.save(plain);
        }
        for (String file : List.of("weights.safetensors", "training.csv", "model.pt")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            assertThat(plain.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> spec(1.0)).hasMessage("model.regularization.dropout is 1.0: must be in [0, 1)");
        VaeSpec usual = VaeSpec.DEFAULTS;
        assertThatThrownBy(() -> new VaeSpec(
                        usual.latent(),
                        usual.channels(),
                        usual.multipliers(),
                        usual.klWeight(),
                        usual.conditional(),
                        usual.steps(),
                        usual.batch(),
                        usual.learningRate(),
                        usual.ema(),
                        usual.precision(),
                        new Regularization(null, null, null, null, .1)))
                .hasMessage(
                        "model.regularization.dropout is 0.1: an autoencoder has no residual blocks, where dropout stands; leave the key out");
    }
}
