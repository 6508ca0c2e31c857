package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.Precision;
import org.autophage.model.SampledInPython;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.OnCpu;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.autophage.run.FileCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiffusionTrainingTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final Seeds.Stream DRAWS = SEEDS.stream(1, Phase.SAMPLE);

    @Test
    void lossOfTheIdentityDenoiserIsItsClosedForm() {
        // Grey images, y = 0: EDM's weighted loss of the untrained network is E[s²/(s² + σ²)] over its noise levels.
        double expected = 0;
        double total = 0;
        for (double z = -8; z <= 8; z += 1e-3) {
            double sigma = Math.exp(1.2 * z - 1.2);
            double density = Math.exp(-z * z / 2);
            expected += density * 0.25 / (0.25 + sigma * sigma);
            total += density;
        }
        // 4,000 noise levels, deviation of the loss of one under .35: four standard errors are .022.
        assertThat(untrainedLoss(ParameterizationKind.EDM)).isCloseTo(expected / total, within(0.022));
        // DDPM's is the mean square of the noise.
        assertThat(untrainedLoss(ParameterizationKind.DDPM)).isCloseTo(1, within(0.01));
    }

    /**
     * An untrained network gives 0, so that D(x; σ) = s²x/(s² + σ²): the loss of any image is known at four levels of noise, those
     * of the quartiles' middles, and the noise of java.util.SplittableRandom(0), the same for all images.
     */
    @Test
    void lossesOfTheIdentityDenoiserAreTheirClosedForm() {
        DiffusionProgram program = new DiffusionProgram(
                device,
                TinyDiffusion.spec(ParameterizationKind.EDM, 10),
                TinyDiffusion.SHAPE,
                new Solver(SamplerKind.DDIM, 2),
                4);
        int pixels = 256;
        byte[] bytes = new byte[3 * pixels];
        new SplittableRandom(5).nextBytes(bytes);
        double[] quantiles = {-1.1503493803760079, -0.31863936396437514, 0.31863936396437514, 1.1503493803760079};
        double[] expected = new double[3];
        SplittableRandom random = new SplittableRandom(0);
        for (double z : quantiles) {
            double sigma = Math.exp(1.2 * z - 1.2);
            double total = 0.25 + sigma * sigma;
            for (int i = 0; i < pixels; i++) {
                float noise = (float) random.nextGaussian();
                for (int image = 0; image < 3; image++) {
                    double y = (bytes[image * pixels + i] & 0xff) / 127.5 - 1;
                    double error = 0.25 / total * (y + sigma * noise) - y;
                    expected[image] += error * error * total / (0.25 * sigma * sigma) / (4 * pixels);
                }
            }
        }
        try (Scope scope = device.newScope()) {
            float[] flat = program.parameters().initialize(1);
            double[] losses = program.losses(
                    scope,
                    scope.floats(flat, flat.length),
                    scope.bytes(bytes, 3, 16, 16, 1),
                    scope.longs(new long[3], 3));
            for (int image = 0; image < 3; image++) {
                assertThat(losses[image]).isCloseTo(expected[image], within(1e-4 * expected[image]));
            }
        }
    }

    private static double untrainedLoss(ParameterizationKind kind) {
        int count = 4000;
        DiffusionProgram program = new DiffusionProgram(
                device, TinyDiffusion.spec(kind, 10), TinyDiffusion.SHAPE, new Solver(SamplerKind.DDIM, 2), 4);
        // 127.5 is not a byte: half of the images are a step above it and half a step below.
        byte[] grey = new byte[count * 256];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (i % 2 == 0 ? 127 : 128);
        }
        try (Scope scope = device.newScope();
                TrainingState state =
                        TrainingState.initial(scope, program.parameters().initialize(1))) {
            long[] indices = new long[count];
            java.util.Arrays.setAll(indices, i -> i);
            Tensor table = scope.floats(program.trainingLevels(), program.trainingLevels().length);
            float[] ones = new float[count];
            java.util.Arrays.fill(ones, 1);
            device.seed(1);
            return program.run(
                            scope,
                            "step",
                            state.arguments(
                                    1e-3,
                                    0.1,
                                    scope.bytes(grey, count, 16, 16, 1),
                                    scope.longs(new long[count], count),
                                    scope.floats(ones, count),
                                    scope.longs(indices, count),
                                    table))
                    .get(0)
                    .toNumber();
        }
    }

    @ParameterizedTest
    @EnumSource(ParameterizationKind.class)
    void trainingLowersTheLossAndGoesOnFromACheckpointToTheBit(ParameterizationKind kind, @TempDir Path folder)
            throws Exception {
        TrainingSet glyphs = Glyphs.trainingSet(64);
        ModelFamily family = TinyDiffusion.spec(kind, 120)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.DDIM, 5, 20));
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        Images expected;
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            expected = (Images) model.sample(50, 1.0, DRAWS, Work.UNATTENDED);
            model.save(whole);
        }

        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == 47);
        assertThatThrownBy(() -> family.train(glyphs, null, SEEDS, 1, stopping))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, going)) {
            AtomicInteger chunks = new AtomicInteger();
            Work stoppingAgain = new Work(Progress.SILENT, store, () -> chunks.incrementAndGet() == 2);
            assertThatThrownBy(() -> model.sample(50, 1.0, DRAWS, stoppingAgain))
                    .isInstanceOf(AutophageException.class);
            Images samples = (Images) model.sample(50, 1.0, DRAWS, going);
            assertThat(samples.pixels()).isEqualTo(expected.pixels());
            model.save(resumed);
        }
        for (String file : List.of("weights.safetensors", "training.csv", "model.pt")) {
            assertThat(Files.readAllBytes(resumed.resolve(file)))
                    .describedAs(file)
                    .isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
        List<String> curve = Files.readAllLines(whole.resolve("training.csv"));
        assertThat(curve).hasSize(1 + 120 / 20);
        assertThat(loss(curve.get(6))).isLessThan(0.8 * loss(curve.get(1)));
    }

    private static double loss(String line) {
        return Double.parseDouble(line.split(",")[1]);
    }

    @Test
    void imagesOfNoWeightTeachNothing() {
        ModelFamily family = TinyDiffusion.spec(ParameterizationKind.EDM, 10)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
        Weights none = new Weights(20, 1.0);
        byte[] first = samplesAfterTraining(family, mixed(0, none));
        assertThat(samplesAfterTraining(family, mixed(255, none))).isEqualTo(first);
        assertThat(samplesAfterTraining(family, mixed(255, new Weights(20, 0.9))))
                .isNotEqualTo(samplesAfterTraining(family, mixed(0, new Weights(20, 0.9))));
        assertThat(samplesAfterTraining(family, mixed(0, new Weights(20, 0.5))))
                .describedAs("half of the weight for half of the images is what equal weights are")
                .isEqualTo(samplesAfterTraining(family, mixed(0, Weights.EQUAL)));
    }

    /** Twenty glyphs, and twenty synthetic images all of whose pixels have one value. */
    private static TrainingSet mixed(int pixel, Weights weights) {
        byte[] pixels = new byte[20 * 256];
        java.util.Arrays.fill(pixels, (byte) pixel);
        Samples glyphs = Glyphs.trainingSet(20).samples();
        Samples both = Samples.concatenate(List.of(glyphs, new Images(16, 16, 1, 10, pixels, new int[20])));
        int[] generations = new int[40];
        java.util.Arrays.fill(generations, 20, 40, 1);
        return new TrainingSet(both, new Origins(generations, new long[40]), new Composition(20, 0, 20), weights);
    }

    private static byte[] samplesAfterTraining(ModelFamily family, TrainingSet training) {
        try (GenerativeModel model = family.train(training, null, SEEDS, 1, Work.UNATTENDED)) {
            return ((Images) model.sample(8, 1.0, DRAWS, Work.UNATTENDED)).pixels();
        }
    }

    @Test
    void samplesDependOnTheirNumberOnlyAndLabelsGoRound() {
        ModelFamily family = TinyDiffusion.spec(ParameterizationKind.EDM, 5)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
        try (GenerativeModel model = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED)) {
            Images few = (Images) model.sample(11, 1.0, DRAWS, Work.UNATTENDED);
            Images many = (Images) model.sample(30, 1.0, DRAWS, Work.UNATTENDED);
            assertThat(few.count()).isEqualTo(11);
            assertThat(many.slice(0, 11).pixels()).isEqualTo(few.pixels());
            assertThat(many.labels()[13]).isEqualTo(3);
            Images biased = (Images) model.sample(11, 0.5, DRAWS, Work.UNATTENDED);
            assertThat(biased.pixels()).isNotEqualTo(few.pixels());
        }
    }

    @Test
    void aModelThatIsToldNoLabelsLearnsWithoutThem() {
        DiffusionSpec told = TinyDiffusion.spec(ParameterizationKind.EDM, 5);
        ModelFamily family = new DiffusionSpec(
                        told.parameterization(),
                        null,
                        null,
                        null,
                        false,
                        told.channels(),
                        told.multipliers(),
                        told.blocks(),
                        told.patch(),
                        told.steps(),
                        told.batch(),
                        told.learningRate(),
                        told.ema(),
                        null,
                        Precision.BFLOAT16)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
        TrainingSet glyphs = Glyphs.trainingSet(20);
        Images images = (Images) glyphs.samples();
        Images unlabelled = new Images(16, 16, 1, 10, images.pixels(), new int[20]);
        byte[] first = samplesAfterTraining(family, glyphs);
        assertThat(samplesAfterTraining(family, new TrainingSet(unlabelled, glyphs.origins(), glyphs.composition())))
                .isEqualTo(first);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            Images samples = (Images) model.sample(8, 1.0, DRAWS, Work.UNATTENDED);
            assertThat(samples.classes()).isEqualTo(1);
            assertThat(samples.labels()).containsOnly(0);
        }
    }

    @Test
    void aSavedModelIsReadBackWhole(@TempDir Path folder) throws Exception {
        ModelFamily family = TinyDiffusion.spec(ParameterizationKind.EDM, 5)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
        try (GenerativeModel model = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
            try (GenerativeModel read = family.load(folder)) {
                assertThat(((Images) read.sample(8, 1.0, DRAWS, Work.UNATTENDED)).pixels())
                        .isEqualTo(((Images) model.sample(8, 1.0, DRAWS, Work.UNATTENDED)).pixels());
            }
        }
        Path file = folder.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> family.load(folder))
                .isInstanceOfSatisfying(AutophageException.class, e -> assertThat(e)
                        .hasMessageContaining("weights.safetensors")
                        .hasMessageContaining("truncated"));
    }

    @Test
    void aSavedModelSamplesInPython(@TempDir Path folder) throws Exception {
        ModelFamily family = TinyDiffusion.spec(ParameterizationKind.EDM, 5)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
        try (GenerativeModel model = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
        }
        SampledInPython.grid(folder.resolve("model.pt"), 160);
    }

    @Test
    void aLossThatIsNotANumberIsCalledDivergence(@TempDir Path folder) throws Exception {
        ModelFamily family = TinyDiffusion.spec(ParameterizationKind.EDM, 40)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 3, 8));
        TrainingSet glyphs = Glyphs.trainingSet(20);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
        }
        Path file = folder.resolve("weights.safetensors");
        Map<String, SafeTensors.FloatArray> weights = SafeTensors.read(file);
        SafeTensors.require(weights, "in.bias", file)[0] = Float.NaN;
        SafeTensors.write(file, weights);
        try (GenerativeModel broken = family.load(folder)) {
            assertThatThrownBy(() -> family.train(glyphs, broken, SEEDS, 2, Work.UNATTENDED))
                    .isInstanceOfSatisfying(AutophageException.class, e -> assertThat(e)
                            .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED)
                            .hasMessageContaining("generation 2")
                            .hasMessageContaining("model.learningRate"));
        }
    }
}
