package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
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
import org.autophage.model.NetworkModel;
import org.autophage.model.Precision;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Floats;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.TrainingCurve;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveAugmentationTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final TrainingSet GLYPHS = Glyphs.trainingSet(64);
    private static final GanSpec AUGMENTED = spec(50, new AdaptiveAugmentation(.05, 300, 4, .8));

    /** What a training that nothing interrupts leaves. */
    @TempDir
    private static Path whole;

    @BeforeAll
    static void trainAtOnce() throws IOException {
        try (NetworkModel model = train(AUGMENTED)) {
            model.save(whole);
        }
    }

    private static GanSpec spec(int steps, @Nullable AdaptiveAugmentation ada) {
        GanSpec plain = TinyGan.spec(ArchitectureKind.STYLEGAN2, steps);
        return new GanSpec(
                plain.architecture(),
                plain.conditional(),
                plain.channels(),
                plain.maxChannels(),
                plain.latent(),
                plain.mappingLayers(),
                plain.mappingRate(),
                plain.steps(),
                plain.criticSteps(),
                plain.batch(),
                plain.learningRate(),
                plain.discriminatorLearningRate(),
                plain.ema(),
                plain.r1(),
                plain.r1Every(),
                plain.gradientPenalty(),
                plain.flips(),
                ada == null ? Augmentation.NONE : Augmentation.ADA,
                plain.precision(),
                ada);
    }

    private static ModelFamily family(GanSpec spec) {
        return spec.family(device, TinyGan.SHAPE, TinyGan.SAMPLING);
    }

    private static NetworkModel train(GanSpec spec) {
        return (NetworkModel) family(spec).train(GLYPHS, null, SEEDS, 1, Work.UNATTENDED);
    }

    private static List<Float> signs(int count, double each) {
        return Collections.nCopies(count, (float) each);
    }

    /** p_k = k · batch · every / images while the discriminator is too sure, and down again at the same rate; never outside [0, most]. */
    @Test
    void theProbabilityMovesAtTheStatedRate() {
        AdaptiveAugmentation rule = new AdaptiveAugmentation(.6, 1_000, 4, .8);
        try (Scope scope = device.newScope()) {
            AugmentationControl control = new AugmentationControl(rule, 25, scope);
            assertThat(control.probability()).isZero();
            for (int k = 1; k <= 5; k++) {
                control.move(signs(4, .9));
                assertThat(control.probability()).isCloseTo(k * 100 / 1_000.0, within(1e-6));
                assertThat(control.sign()).isCloseTo(.9, within(1e-6));
            }
            for (int k = 4; k >= 0; k--) {
                control.move(signs(4, .5));
                assertThat(control.probability()).isCloseTo(k * 100 / 1_000.0, within(1e-6));
            }
            control.move(signs(4, -1));
            assertThat(control.probability()).as("not below 0").isZero();
            for (int k = 0; k < 20; k++) {
                control.move(signs(4, 1));
            }
            assertThat(control.probability()).as("not above most").isCloseTo(.8, within(1e-6));
            control.move(List.of(.2f, 1f, .2f, 1f));
            assertThat(control.sign()).isCloseTo(.6, within(1e-6));
        }
        assertThat(rule.moved(.3, .6, 100)).as("at the target it stays").isEqualTo(.3);
    }

    /** What is measured are the scores' signs, four steps at a time, wherever a checkpoint is in between. */
    @Test
    void itMovesAfterEverySoManySteps() {
        AdaptiveAugmentation rule = new AdaptiveAugmentation(.6, 1_000, 4, 1);
        try (Scope scope = device.newScope()) {
            AugmentationControl control = new AugmentationControl(rule, 25, scope);
            float[] signs = {1, .5f, 1, .5f, -1, -1, 1, 1, 1, 1, 1};
            for (int i = 0; i < signs.length; i++) {
                try (Scope call = scope.newScope()) {
                    control.saw(call.floats(new float[] {signs[i]}, 1));
                }
                if (i % 3 == 1) {
                    AugmentationControl resumed = new AugmentationControl(rule, 25, scope);
                    resumed.restore(control.arrays());
                    control = resumed;
                }
            }
            assertThat(control.sign()).as("of the fifth to the eighth").isZero();
            assertThat(control.probability()).as("up by .1, then down").isCloseTo(0, within(1e-6));
            control.saw(scope.floats(new float[] {1}, 1));
            assertThat(control.sign()).isEqualTo(1);
            assertThat(control.probability()).isCloseTo(.1, within(1e-6));
        }
    }

    private static float[] augmented(Graph graph, float[] images, int count, double probability, long seed) {
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            device.seed(seed);
            return program.run(scope, graph.name(), scope.floats(images, count, 3, 8, 8), probability)
                    .get(0)
                    .toFloats();
        }
    }

    private static Graph changes(boolean one) {
        Graph graph = new Graph("change");
        Value x = graph.input("x", Graph.ANY, 3, 8, 8);
        Value probability = graph.inputNumber("probability");
        return graph.returns(
                one
                        ? Augmentation.sometimes(x, probability, List.of(each -> each.plus(1)))
                        : Augmentation.ADA.of(x, probability));
    }

    private static int unchanged(float[] images, float[] seen, int count) {
        int unchanged = 0;
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(images, i * 192, (i + 1) * 192, seen, i * 192, (i + 1) * 192)) {
                unchanged++;
            }
        }
        return unchanged;
    }

    /**
     * Of n images a change leaves (1 − p) n, within four deviations of the binomial. All five leave (1 − p)⁵, but for translations, of
     * which 8 × 8 pixels have 9 and one of them by nothing: (1 − p)⁴ (1 − p + p/9).
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, .2, .55, 1})
    void everyImageIsChangedWithTheProbability(double p) {
        int count = 4_000;
        float[] images = Floats.normal(count * 192, 1, 2);
        double[] expected = {1 - p, Math.pow(1 - p, 4) * (1 - p + p / 9)};
        for (int i = 0; i < 2; i++) {
            float[] seen = augmented(changes(i == 0), images, count, p, 5);
            double share = expected[i];
            assertThat((double) unchanged(images, seen, count))
                    .isCloseTo(count * share, within(4 * Math.sqrt(count * share * (1 - share)) + 1e-9));
        }
    }

    /** Along random directions with the same coins: where everything is linear in the image the difference has no other error than rounding. */
    @Test
    void gradientsPassThroughChangedAndUnchangedImages() {
        int count = 16;
        Graph graph = new Graph("slope");
        Value x = graph.differentiable(graph.input("x", Graph.ANY, 3, 8, 8));
        Value weights = graph.input("weights", Graph.ANY, 3, 8, 8);
        Value seen = Augmentation.ADA.of(x, graph.inputNumber("probability"));
        Value total = seen.times(weights).sum();
        graph.returns(total.detach(), graph.gradient(total, x, false));
        float[] images = Floats.normal(count * 192, 1, 3);
        float[] weighed = Floats.normal(count * 192, 1, 4);
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            float[] gradient =
                    slope(program, scope, images, weighed, count).get(1).toFloats();
            for (int trial = 0; trial < 4; trial++) {
                float[] direction = Floats.normal(count * 192, 1, 20 + trial);
                float[] there = images.clone();
                float[] back = images.clone();
                double expected = 0;
                for (int i = 0; i < direction.length; i++) {
                    there[i] += .5f * direction[i];
                    back[i] -= .5f * direction[i];
                    expected += (double) direction[i] * gradient[i];
                }
                double found = slope(program, scope, there, weighed, count)
                                .get(0)
                                .toNumber()
                        - slope(program, scope, back, weighed, count).get(0).toNumber();
                // sums of some 3,000 products of order 1 in float32
                assertThat(found).isCloseTo(expected, within(2e-3));
            }
        }
    }

    private static List<Tensor> slope(Program program, Scope scope, float[] images, float[] weights, int count) {
        device.seed(9);
        return program.run(
                scope, "slope", scope.floats(images, count, 3, 8, 8), scope.floats(weights, count, 3, 8, 8), .5);
    }

    /** At a target of 1 nothing is above it, so that p stays 0: the training of a GAN without augmentation, to the bit. */
    @Test
    void ofProbabilityZeroItIsNoAugmentation() {
        try (NetworkModel plain = train(spec(30, null));
                NetworkModel never = train(spec(30, new AdaptiveAugmentation(1, 100, 1, .8)))) {
            for (int network = 0; network < 2; network++) {
                assertThat(never.trained().weights().get(network))
                        .isEqualTo(plain.trained().weights().get(network));
            }
            TrainingCurve curve = never.trained().curve();
            for (double[] row : curve.rows()) {
                assertThat(curve.value(row, "augmentationProbability")).isZero();
            }
        }
    }

    /** A window is as long as the way between points of the curve, so that every p there follows from the one before and r_t. */
    @Test
    void theCurveTellsHowItMoved() {
        AdaptiveAugmentation rule = new AdaptiveAugmentation(.1, 2_000, 20, .3);
        try (NetworkModel model = train(spec(200, rule))) {
            TrainingCurve curve = model.trained().curve();
            assertThat(curve.figures()).endsWith("realScoreSign", "augmentationProbability");
            double p = 0;
            boolean up = false;
            for (double[] row : curve.rows()) {
                double sign = curve.value(row, "realScoreSign");
                assertThat(sign).isBetween(-1.0, 1.0);
                p = Math.max(0, Math.min(.3, p + Math.signum(sign - .1) * 20 * 8 / 2_000));
                assertThat(curve.value(row, "augmentationProbability")).isCloseTo(p, within(1e-6));
                up |= p > 0;
            }
            assertThat(curve.rows()).hasSize(10);
            assertThat(up).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 23, 40})
    void trainingGoesOnFromACheckpointToTheBit(int steps, @TempDir Path folder) throws Exception {
        ModelFamily family = family(AUGMENTED);
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == steps);
        assertThatThrownBy(() -> family.train(GLYPHS, null, SEEDS, 1, stopping)).isInstanceOf(AutophageException.class);
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(GLYPHS, null, SEEDS, 1, going)) {
            assertThat(((Images) model.sample(5, 1, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED)).count())
                    .isEqualTo(5);
            model.save(resumed);
        }
        for (String file : List.of("weights.safetensors", "training.csv", "model.pt")) {
            assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        List<String> curve = Files.readAllLines(whole.resolve("training.csv"));
        assertThat(curve.get(0)).endsWith(",realScoreSign,augmentationProbability,learningRate");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new AdaptiveAugmentation(1.1, 100, 4, .8))
                .hasMessage("model.ada.target is 1.1: must be in [0, 1]");
        assertThatThrownBy(() -> new AdaptiveAugmentation(.6, 100, 4, 0)).hasMessageContaining("most is 0.0");
        assertThatThrownBy(() -> TinyGan.spec(
                        ArchitectureKind.WGAN_GP, 5, true, 1e-3, null, false, Augmentation.ADA, Precision.FLOAT32))
                .hasMessageStartingWith("model.augmentation is ada: only architecture stylegan2 has it");
        GanSpec usual = TinyGan.spec(
                ArchitectureKind.STYLEGAN2, 5, true, 1e-3, null, false, Augmentation.ADA, Precision.FLOAT32);
        assertThat(usual.complete().ada()).isEqualTo(AdaptiveAugmentation.DEFAULTS);
        assertThat(spec(5, null).complete().ada()).isNull();
    }
}
