package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.autophage.model.NetworkTraining.HeldOutLoss;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.model.vae.VaeSpec;
import org.autophage.program.OnCpu;
import org.autophage.program.Scope;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.TrainingCurve;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of independent pixels, which can be learnt by heart and in no other way: the loss on others has to rise. */
class EarlyStoppingTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(3);
    private static final ImageShape SHAPE = new ImageShape(8, 1, 1);
    private static final SamplingSpec SAMPLING = new SamplingSpec(1, null, null, 8);
    private static final int IMAGES = 20;
    private static final TrainingSet NOISE = noise();

    private static TrainingSet noise() {
        byte[] pixels = new byte[IMAGES * 64];
        new SplittableRandom(1).nextBytes(pixels);
        return images(pixels, IMAGES);
    }

    private static TrainingSet images(byte[] pixels, int count) {
        return new TrainingSet(
                new Images(8, 8, 1, 1, pixels, new int[count]),
                new Origins(new int[count], LongStream.range(0, count).toArray()),
                new Composition(count, 0, 0));
    }

    private static VaeSpec vae(int steps, @Nullable EarlyStopping stopping) {
        return new VaeSpec(8, 8, List.of(1, 2), 1, false, steps, 8, 5e-3, .8, Precision.FLOAT32, null, stopping);
    }

    private static DiffusionSpec diffusion(int steps, @Nullable EarlyStopping stopping) {
        return new DiffusionSpec(
                        ParameterizationKind.EDM,
                        null,
                        null,
                        null,
                        false,
                        8,
                        List.of(1, 2),
                        1,
                        1,
                        steps,
                        8,
                        5e-3,
                        .9,
                        null,
                        Precision.FLOAT32,
                        null,
                        stopping)
                .complete();
    }

    private static ModelFamily family(ModelSpec spec) {
        SamplingSpec sampling = spec.denoises() ? new SamplingSpec(1, null, 3, 8) : SAMPLING;
        return spec.family(device, SHAPE, sampling);
    }

    private static NetworkModel train(ModelSpec spec, TrainingSet set, Work work) {
        return (NetworkModel) family(spec).train(set, null, SEEDS, 1, work);
    }

    private static EarlyStop stop(GenerativeModel model) {
        return Objects.requireNonNull(model.earlyStops().get(""));
    }

    private static EarlyStopping.Split split(EarlyStopping rule) {
        return rule.split(NOISE, SEEDS.random(1, Phase.TRAIN, -1));
    }

    /** The first numbers of samples that are numbered in their order. */
    private static List<Long> numbers(TrainingSet set) {
        return IntStream.range(0, set.samples().count())
                .mapToObj(i -> set.origins().number(i))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"100, .1, 10", "100, .5, 50", "14, .1, 1", "15, .1, 2", "2, .1, 1", "2, .5, 1", "3, .5, 2"})
    void aShareIsHeldOutButAtLeastOneAndNotAll(int count, double share, int heldOut) {
        EarlyStopping rule = new EarlyStopping(share, 1, 1);
        TrainingSet set = points(count, 0, Weights.EQUAL);
        EarlyStopping.Split split = rule.split(set, new SplittableRandom(1));
        assertThat(split.heldOut().samples().count()).isEqualTo(heldOut).isEqualTo(rule.heldOutOf(count));
        List<Long> all = new ArrayList<>(numbers(split.learnt()));
        all.addAll(numbers(split.heldOut()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(set));
    }

    private static TrainingSet points(int real, int synthetic, Weights weights) {
        int count = real + synthetic;
        return new TrainingSet(
                new Points(1, count, 1, new double[count]),
                new Origins(
                        IntStream.range(0, count).map(i -> i < real ? 0 : 1).toArray(),
                        LongStream.range(0, count).toArray()),
                new Composition(real, 0, synthetic),
                weights);
    }

    /** Real and synthetic samples keep their shares on both sides, and their weight. Every sample's turn comes. */
    @Test
    void whatIsHeldOutIsRandomWithinEachKind() {
        TrainingSet set = points(30, 90, new Weights(30, .6));
        EarlyStopping rule = new EarlyStopping(.2, 1, 1);
        int[] times = new int[120];
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            EarlyStopping.Split split = rule.split(set, new SplittableRandom(trial));
            assertThat(split.heldOut().composition()).isEqualTo(new Composition(6, 0, 18));
            assertThat(split.learnt().composition()).isEqualTo(new Composition(24, 0, 72));
            assertThat(split.learnt().weights()).isEqualTo(new Weights(24, .6));
            numbers(split.heldOut()).forEach(number -> times[number.intValue()]++);
        }
        // each sample's number of times is binomial; 4.5 deviations of 120 of them is one false alarm in 1,200
        double deviation = Math.sqrt(trials * .2 * .8);
        for (int each : times) {
            assertThat((double) each).isCloseTo(.2 * trials, within(4.5 * deviation));
        }
    }

    /** A network whose weights are 0 takes every pixel for ½ and every code for N(0, 1): ln 2 a pixel, whatever the image. */
    @Test
    void theLossOfAnAutoencoderIsItsClosedForm() {
        VaeSpec spec = vae(5, EarlyStopping.DEFAULTS);
        NetworkProgram program = ((NetworkFamily) family(spec)).program();
        try (Scope scope = device.newScope()) {
            HeldOutLoss loss = program.heldOut(scope, NOISE, 7, chunk -> chunk);
            int size = (int) program.parameters().size();
            assertThat(loss.of(scope.floats(new float[size], size))).isCloseTo(64 * Math.log(2), within(1e-4));
        }
    }

    /** Grey images by the untrained network, whose estimate is c_skip x: E[s²/(s² + σ²)] over edm's levels, s = ½. */
    @Test
    void theLossOfADiffusionModelIsItsClosedForm() {
        double expected = 0;
        double total = 0;
        for (double z = -8; z <= 8; z += 1e-3) {
            double sigma = Math.exp(1.2 * z - 1.2);
            double density = Math.exp(-z * z / 2);
            expected += density * .25 / (.25 + sigma * sigma);
            total += density;
        }
        int count = 4_000;
        byte[] grey = new byte[count * 64];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (i % 2 == 0 ? 127 : 128);
        }
        NetworkProgram program = ((NetworkFamily) family(diffusion(5, EarlyStopping.DEFAULTS))).program();
        try (Scope scope = device.newScope()) {
            HeldOutLoss loss = program.heldOut(scope, images(grey, count), 600, chunk -> chunk);
            float[] untrained = program.parameters().initialize(1);
            double found = loss.of(scope.floats(untrained, untrained.length));
            // 4,000 noise levels, deviation of the loss of one under .35: four standard errors are .022
            assertThat(found).isCloseTo(expected / total, within(.022));
            assertThat(loss.of(scope.floats(untrained, untrained.length)))
                    .as("the same noise every time")
                    .isEqualTo(found);
        }
    }

    /**
     * The loss on what is held out rises once the others are learnt by heart. The rate is the same in every step, so that the model
     * that is given is to the bit the one that a training of so many steps without early stopping gives on what was learnt.
     */
    @Test
    void trainingEndsAfterTheLowestLossAndGivesItsModel(@TempDir Path folder) throws Exception {
        EarlyStopping rule = new EarlyStopping(.25, 10, 3);
        try (NetworkModel model = train(vae(2_000, rule), NOISE, Work.UNATTENDED)) {
            EarlyStop stop = stop(model);
            assertThat(stop.heldOut()).isEqualTo(5);
            assertThat(stop.steps()).isLessThan(2_000).isEqualTo(stop.bestStep() + 3 * 10);
            TrainingCurve curve = model.trained().curve();
            assertThat(curve.figures()).containsExactly("loss", "gradientNorm", "heldOutLoss");
            assertThat(curve.rows()).hasSize(stop.steps() / 10);
            double lowest = Double.POSITIVE_INFINITY;
            long at = 0;
            for (double[] row : curve.rows()) {
                if (curve.value(row, "heldOutLoss") < lowest) {
                    lowest = curve.value(row, "heldOutLoss");
                    at = curve.step(row);
                }
            }
            assertThat(at).isEqualTo(stop.bestStep());
            assertThat((float) stop.bestLoss()).isEqualTo((float) lowest);
            try (NetworkModel same =
                    train(vae(stop.bestStep(), null), split(rule).learnt(), Work.UNATTENDED)) {
                assertThat(same.trained().weights().get(0))
                        .isEqualTo(model.trained().weights().get(0));
                assertThat(same.earlyStops()).isEmpty();
            }
            model.save(folder);
            assertThat(Files.readString(folder.resolve("early-stopping.json")))
                    .startsWith("{\"heldOut\":5,\"steps\":%d,\"bestStep\":%d,\"bestLoss\":"
                            .formatted(stop.steps(), stop.bestStep()));
            try (GenerativeModel read = family(vae(2_000, rule)).load(folder);
                    GenerativeModel moved = read.with(read.weights().orElseThrow())) {
                assertThat(stop(read)).isEqualTo(stop);
                assertThat(stop(moved)).isEqualTo(stop);
            }
        }
        // it is over-learning that was avoided: more steps do worse on what was held out
        try (NetworkModel later = train(vae(400, new EarlyStopping(.25, 10, 1_000)), NOISE, Work.UNATTENDED)) {
            TrainingCurve curve = later.trained().curve();
            double[] last = curve.rows().get(curve.rows().size() - 1);
            assertThat(curve.step(last)).isEqualTo(400);
            assertThat(stop(later).bestStep()).isLessThan(200);
            for (double[] row : curve.rows()) {
                if (curve.step(row) > 200) {
                    assertThat(curve.value(row, "heldOutLoss"))
                            .isGreaterThan(stop(later).bestLoss())
                            .isGreaterThan(curve.value(row, "loss"));
                }
            }
        }
    }

    /** With patience for ever all steps are taken, on what is not held out and as ever; the model is that of the lowest loss. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void patienceForEverIsNoEarlyStoppingOnWhatIsLearnt(boolean denoises) {
        EarlyStopping rule = new EarlyStopping(.25, 20, Integer.MAX_VALUE);
        int steps = denoises ? 60 : 40; // in which the loss falls all along
        ModelSpec with = denoises ? diffusion(steps, rule) : vae(steps, rule);
        ModelSpec without = denoises ? diffusion(steps, null) : vae(steps, null);
        try (NetworkModel patient = train(with, NOISE, Work.UNATTENDED);
                NetworkModel plain = train(without, split(rule).learnt(), Work.UNATTENDED)) {
            assertThat(stop(patient).steps()).isEqualTo(steps);
            TrainingCurve curve = patient.trained().curve();
            TrainingCurve expected = plain.trained().curve();
            assertThat(curve.rows()).hasSameSizeAs(expected.rows()).hasSize(steps / 20);
            for (int i = 0; i < steps / 20; i++) {
                double[] row = curve.rows().get(i);
                double[] same = expected.rows().get(i);
                assertThat(curve.value(row, "loss")).isEqualTo(expected.value(same, "loss"));
                assertThat(curve.value(row, "gradientNorm")).isEqualTo(expected.value(same, "gradientNorm"));
            }
            assertThat(stop(patient).bestStep()).isEqualTo(steps);
            assertThat(patient.trained().weights().get(0))
                    .isEqualTo(plain.trained().weights().get(0));
        }
    }

    /** Stopped before the first check, between checks, in the one that ends it, and after. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoppedTrainingGoesOnToTheSameFiles(boolean denoises, @TempDir Path folder) throws Exception {
        EarlyStopping rule = new EarlyStopping(.25, 7, 2);
        ModelSpec spec = denoises ? diffusion(200, rule) : vae(200, rule);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        EarlyStop expected;
        try (NetworkModel model = train(spec, NOISE, Work.UNATTENDED)) {
            model.save(whole);
            expected = stop(model);
        }
        List<Integer> patience = List.of(3, 12, expected.steps(), expected.steps() + 1);
        for (int steps : patience) {
            Path own = folder.resolve("stopped-" + steps);
            FileCheckpointStore store = new FileCheckpointStore(own, 1, Duration.ofMinutes(10));
            AtomicInteger asked = new AtomicInteger();
            Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() >= steps);
            if (steps <= expected.steps()) {
                assertThatThrownBy(() -> train(spec, NOISE, stopping))
                        .isInstanceOf(AutophageException.class)
                        .hasMessageContaining("interrupted");
            } else {
                train(spec, NOISE, stopping).close();
            }
            AtomicInteger askedAgain = new AtomicInteger();
            StopSignal counting = () -> askedAgain.incrementAndGet() < 0;
            Path resumed = Files.createDirectory(folder.resolve("resumed-" + steps));
            try (NetworkModel model = train(spec, NOISE, new Work(Progress.SILENT, store, counting))) {
                model.save(resumed);
            }
            assertThat(askedAgain.get()).as("steps that were left").isEqualTo(Math.max(0, expected.steps() - steps));
            for (String file : List.of("weights.safetensors", "training.csv", "model.pt", "early-stopping.json")) {
                assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
    }

    /** Members hold out samples of their own parts. */
    @Test
    void anEnsembleTellsWhatEachMemberDid(@TempDir Path folder) throws Exception {
        EarlyStopping rule = new EarlyStopping(.25, 10, 2);
        EnsembleFamily family =
                new EnsembleFamily(family(vae(40, rule)), 2, EnsembleFamily.Parts.DISJOINT, SHAPE.order());
        try (GenerativeModel model = family.train(NOISE, null, SEEDS, 1, Work.UNATTENDED)) {
            Map<String, EarlyStop> stops = model.earlyStops();
            assertThat(stops.keySet()).containsExactly("member-1", "member-2");
            assertThat(stops.values())
                    .allSatisfy(stop -> assertThat(stop.heldOut()).isEqualTo(3)); // .25 of 10, rounded up
            model.save(folder);
            try (GenerativeModel read = family.load(folder);
                    GenerativeModel next = family.train(NOISE, read, SEEDS, 2, Work.UNATTENDED)) {
                assertThat(read.earlyStops()).isEqualTo(stops);
                assertThat(next.earlyStops()).hasSize(2);
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new EarlyStopping(.6, 1, 1))
                .hasMessage("model.earlyStopping.share is 0.6: must be in (0, 0.5]");
        assertThatThrownBy(() -> new EarlyStopping(.1, 0, 1)).hasMessageContaining("every is 0: must be at least 1");
        assertThatThrownBy(() -> new EarlyStopping(.1, 1, 0)).hasMessageContaining("patience is 0");
        assertThat(vae(5, EarlyStopping.DEFAULTS).fewestSamples()).isEqualTo(2);
        assertThat(vae(5, null).fewestSamples()).isEqualTo(1);
        byte[] pixels = new byte[64];
        Arrays.fill(pixels, (byte) 7);
        assertThatThrownBy(() -> train(vae(5, EarlyStopping.DEFAULTS), images(pixels, 1), Work.UNATTENDED))
                .hasMessageContaining("generation 1 has 1 sample to learn from");
    }
}
