package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.NetworkModel;
import org.autophage.model.Precision;
import org.autophage.model.SampledInPython;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.OnCpu;
import org.autophage.program.SafeTensors;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.TrainingCurve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GanTrainingTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final Seeds.Stream DRAWS = SEEDS.stream(1, Phase.SAMPLE);

    private static ModelFamily family(GanSpec spec) {
        return spec.family(device, TinyGan.SHAPE, TinyGan.SAMPLING);
    }

    private static byte[] samples(GenerativeModel model, int count, double bias) {
        return ((Images) model.sample(count, bias, DRAWS, Work.UNATTENDED)).pixels();
    }

    @ParameterizedTest
    @CsvSource({"STYLEGAN2, FLOAT32", "WGAN_GP, FLOAT32", "STYLEGAN2, BFLOAT16", "WGAN_GP, BFLOAT16"})
    void trainingGoesOnFromACheckpointToTheBit(ArchitectureKind architecture, Precision precision, @TempDir Path folder)
            throws Exception {
        TrainingSet glyphs = Glyphs.trainingSet(64);
        ModelFamily family = family(TinyGan.spec(architecture, 50, precision));
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        byte[] expected;
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            expected = samples(model, 50, 1);
            model.save(whole);
        }

        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == 23);
        assertThatThrownBy(() -> family.train(glyphs, null, SEEDS, 1, stopping))
                .isInstanceOf(AutophageException.class)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.INTERRUPTED);
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, going)) {
            assertThat(samples(model, 50, 1)).isEqualTo(expected);
            model.save(resumed);
        }
        for (String file : List.of("weights.safetensors", "training.csv", "model.pt")) {
            assertThat(Files.readAllBytes(resumed.resolve(file)))
                    .describedAs(file)
                    .isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
        List<String> curve = Files.readAllLines(whole.resolve("training.csv"));
        String penalty = architecture == ArchitectureKind.STYLEGAN2 ? "r1" : "gradientPenalty";
        assertThat(curve.get(0))
                .isEqualTo("step,generatorLoss,discriminatorLoss,realScore,fakeScore," + penalty
                        + ",generatorGradientNorm,discriminatorGradientNorm,learningRate");
        assertThat(curve).hasSize(1 + 3);
        assertThat(curve.get(3)).startsWith("50,");
    }

    @ParameterizedTest
    @EnumSource(ArchitectureKind.class)
    void aSavedModelIsReadBackWholeAndGoesOnAsItWas(ArchitectureKind architecture, @TempDir Path folder)
            throws Exception {
        ModelFamily family = family(TinyGan.spec(architecture, 5));
        TrainingSet glyphs = Glyphs.trainingSet(20);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
            try (GenerativeModel read = family.load(folder);
                    GenerativeModel next = family.train(glyphs, model, SEEDS, 2, Work.UNATTENDED);
                    GenerativeModel nextOfRead = family.train(glyphs, read, SEEDS, 2, Work.UNATTENDED);
                    GenerativeModel fresh = family.train(glyphs, null, SEEDS, 2, Work.UNATTENDED)) {
                assertThat(samples(read, 8, 0.5)).isEqualTo(samples(model, 8, 0.5));
                assertThat(samples(nextOfRead, 8, 1)).isEqualTo(samples(next, 8, 1));
                assertThat(samples(fresh, 8, 1)).isNotEqualTo(samples(next, 8, 1));
                assertThat(discriminator(next)).isEqualTo(discriminator(nextOfRead));
            }
        }
    }

    @Test
    void samplesDependOnTheirNumberOnlyAndLabelsGoRound() {
        ModelFamily family = family(TinyGan.spec(ArchitectureKind.STYLEGAN2, 3));
        try (GenerativeModel model = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED)) {
            Images many = (Images) model.sample(45, 1.0, DRAWS, Work.UNATTENDED);
            assertThat(many.slice(0, 11).pixels()).isEqualTo(samples(model, 11, 1));
            assertThat(many.labels()[13]).isEqualTo(3);
            assertThat(samples(model, 11, 0.5)).isNotEqualTo(samples(model, 11, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(ArchitectureKind.class)
    void withoutLabelsTheModelSeesNoneAndClaimsNone(ArchitectureKind architecture) {
        ModelFamily family =
                family(TinyGan.spec(architecture, 5, false, 2e-3, null, false, Augmentation.NONE, Precision.FLOAT32));
        TrainingSet glyphs = Glyphs.trainingSet(20);
        Images images = (Images) glyphs.samples();
        Images relabelled = new Images(16, 16, 1, 10, images.pixels(), new int[20]);
        TrainingSet other = new TrainingSet(relabelled, new Origins(new int[20], new long[20]), glyphs.composition());
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel same = family.train(other, null, SEEDS, 1, Work.UNATTENDED)) {
            Images drawn = (Images) model.sample(20, 1.0, DRAWS, Work.UNATTENDED);
            assertThat(drawn.classes()).isEqualTo(1);
            assertThat(drawn.labels()).containsOnly(0);
            assertThat(samples(same, 20, 1)).isEqualTo(drawn.pixels());
        }
    }

    @Test
    void colourFlipsAndAugmentationTrain() {
        byte[] pixels = new byte[24 * 768];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31);
        }
        Images colour = new Images(16, 16, 3, 10, pixels, new int[24]);
        TrainingSet training =
                new TrainingSet(colour, new Origins(new int[24], new long[24]), new Composition(24, 0, 0));
        GanSpec spec = TinyGan.spec(
                ArchitectureKind.STYLEGAN2, 5, true, 2e-3, null, true, Augmentation.DIFFAUGMENT, Precision.FLOAT32);
        ModelFamily family = spec.family(device, new ImageShape(16, 3, 10), TinyGan.SAMPLING);
        try (GenerativeModel model = family.train(training, null, SEEDS, 1, Work.UNATTENDED)) {
            assertThat(((Images) model.sample(3, 1.0, DRAWS, Work.UNATTENDED)).channels())
                    .isEqualTo(3);
        }
    }

    @Test
    void divergenceEndsWithItsCodeAndLeavesACheckpointToLookAt(@TempDir Path folder) throws Exception {
        ModelFamily family = family(TinyGan.spec(ArchitectureKind.STYLEGAN2, 40));
        TrainingSet glyphs = Glyphs.trainingSet(20);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
        }
        Path file = folder.resolve("weights.safetensors");
        Map<String, SafeTensors.FloatArray> weights = SafeTensors.read(file);
        SafeTensors.require(weights, "discriminator.out.score.bias", file)[0] = Float.NaN;
        SafeTensors.write(file, weights);
        Work work = new Work(
                Progress.SILENT,
                new FileCheckpointStore(folder.resolve("checkpoint"), 2, Duration.ofMinutes(10)),
                StopSignal.NEVER);
        Path kept = folder.resolve("checkpoint").resolve("generation-002-diverged");
        try (GenerativeModel broken = family.load(folder)) {
            assertThatThrownBy(() -> family.train(glyphs, broken, SEEDS, 2, work))
                    .isInstanceOf(AutophageException.class)
                    .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED)
                    .hasMessageContaining("generation 2")
                    .hasMessageContaining("generatorLoss at step 20 is NaN")
                    .hasMessageContaining(kept.toString());
        }
        assertThat(SafeTensors.read(kept))
                .containsKeys("generator.parameters", "generator.average", "discriminator.adam.mean", "curve");
    }

    @Test
    void aDiscriminatorHasWonWhenItsLossHasBeenNextToNothingForLong() {
        TrainingCurve curve = new TrainingCurve(List.of("generatorLoss", "discriminatorLoss"));
        DiscriminatorWon rule = DiscriminatorWon.every(20);
        curve.add(20, new double[] {0.7, 1.4}, 1e-3);
        for (int point = 2; point <= 50; point++) {
            curve.add(20 * point, new double[] {9, 0.001}, 1e-3);
            assertThat(rule.apply(curve)).isEmpty();
        }
        curve.add(1020, new double[] {9, 0.001}, 1e-3);
        assertThat(rule.apply(curve).orElseThrow())
                .contains("the discriminator has won", "0.0010 on average over the last 1000 steps", "less than 0.02");
        curve.add(1040, new double[] {2, 1.2}, 1e-3);
        assertThat(rule.apply(curve))
                .describedAs("the generator has found a way again")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ArchitectureKind.class)
    void aSavedModelSamplesInPython(ArchitectureKind architecture, @TempDir Path folder) throws Exception {
        ModelFamily family = family(TinyGan.spec(architecture, 3));
        try (GenerativeModel model = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
        }
        SampledInPython.grid(folder.resolve("model.pt"), 160, "--bias", "0.7");
    }

    private static float[] discriminator(GenerativeModel model) {
        return ((NetworkModel) model).trained().weights().get(1);
    }
}
