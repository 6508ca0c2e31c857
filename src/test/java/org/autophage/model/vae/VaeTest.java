package org.autophage.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
import org.autophage.data.Encoder;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.Precision;
import org.autophage.model.SampledInPython;
import org.autophage.model.SamplingSpec;
import org.autophage.program.OnCpu;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.TrainingState;
import org.autophage.run.FileCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaeTest extends OnCpu {
    private static final ImageShape SHAPE = new ImageShape(8, 3, 10);
    private static final int CHUNK = 20;
    private static final SamplingSpec SAMPLING = new SamplingSpec(1, null, null, CHUNK);
    private static final Seeds SEEDS = new Seeds(0);
    private static final Seeds.Stream DRAWS = SEEDS.stream(1, Phase.SAMPLE);

    private static VaeSpec spec(boolean conditional, double klWeight, Precision precision) {
        return new VaeSpec(3, 4, List.of(1, 2), klWeight, conditional, 60, 8, 2e-3, 0, precision);
    }

    private static ModelFamily ofGlyphs(boolean conditional) {
        return spec(conditional, 1, Precision.FLOAT32).family(device, new ImageShape(16, 1, 10), SAMPLING);
    }

    /**
     * With all weights zero only biases are left: codes have mean a and log variance b whatever the image, pixels the logit
     * c whatever the code, and the loss is known.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2.5})
    void lossOfBiasesIsItsClosedForm(double klWeight) {
        double a = 0.5;
        double b = -0.7;
        double c = 0.3;
        int pixel = 51;
        double p = 1 / (1 + Math.exp(-c));
        double t = pixel / 255.0;
        double perPixel = -(t * Math.log(p) + (1 - t) * Math.log(1 - p));
        double divergence = 0.5 * (a * a + Math.exp(b) - b - 1);
        double expected = SHAPE.bytes() * perPixel + klWeight * 3 * divergence;
        for (Precision precision : Precision.values()) {
            VaeProgram program = new VaeProgram(device, spec(false, klWeight, precision), SHAPE, CHUNK);
            float[] flat = biases(program, a, b, c);
            byte[] pixels = new byte[2 * SHAPE.bytes()];
            Arrays.fill(pixels, (byte) pixel);
            try (Scope scope = device.newScope();
                    TrainingState state = TrainingState.initial(scope, flat)) {
                double loss = program.run(
                                scope,
                                "step",
                                state.arguments(
                                        1e-3,
                                        1.0,
                                        scope.bytes(pixels, 2, 8, 8, 3),
                                        scope.longs(new long[2], 2),
                                        scope.floats(new float[] {1, 1}, 2),
                                        scope.longs(new long[] {0, 1, 1}, 3)))
                        .get(0)
                        .toNumber();
                // bfloat16 keeps 8 bits of the biases.
                double tolerance = precision == Precision.FLOAT32 ? 1e-5 : 4e-3;
                assertThat(loss).describedAs(precision.toString()).isCloseTo(expected, within(tolerance * expected));
                double[] each = program.losses(
                        scope,
                        scope.floats(flat, flat.length),
                        scope.bytes(pixels, 2, 8, 8, 3),
                        scope.longs(new long[2], 2));
                assertThat(each).containsExactly(new double[] {expected, expected}, within(tolerance * expected));
            }
        }
    }

    private static float[] biases(VaeProgram program, double mean, double logVariance, double logit) {
        Map<String, FloatArray> arrays = program.parameters()
                .split(new float[Math.toIntExact(program.parameters().size())]);
        Path nowhere = Path.of("biases");
        float[] code = SafeTensors.require(arrays, "encoder.code.bias", nowhere);
        Arrays.fill(code, 0, 3, (float) mean);
        Arrays.fill(code, 3, 6, (float) logVariance);
        Arrays.fill(SafeTensors.require(arrays, "decoder.0.bias", nowhere), (float) logit);
        return program.parameters().join(arrays, nowhere);
    }

    @Test
    void encoderGivesTheMeansOfCodesInOrder() {
        VaeProgram program = new VaeProgram(device, spec(false, 1, Precision.FLOAT32), SHAPE, CHUNK);
        Images images = new Images(8, 8, 3, 10, new byte[700 * SHAPE.bytes()], new int[700]);
        try (Encoder encoder = new VaeEncoder(program, biases(program, 0.5, 0, 0))) {
            float[] means = encoder.means(images);
            assertThat(means).hasSize(2100).containsOnly(0.5f);
        }
        Images glyphs = (Images) Glyphs.trainingSet(600).samples();
        ModelFamily family = ofGlyphs(true);
        try (GenerativeModel model = family.train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED);
                Encoder encoder = model.encoder().orElseThrow()) {
            float[] all = encoder.means(glyphs);
            float[] last = encoder.means(glyphs.slice(599, 600));
            assertThat(Arrays.copyOfRange(all, 1797, 1800)).containsExactly(last, within(1e-5f));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trainingLowersTheLossAndGoesOnFromACheckpointToTheBit(boolean conditional, @TempDir Path folder)
            throws Exception {
        ModelFamily family = ofGlyphs(conditional);
        TrainingSet glyphs = Glyphs.trainingSet(64);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(whole);
        }
        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == 17);
        assertThatThrownBy(() -> family.train(glyphs, null, SEEDS, 1, stopping))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(glyphs, null, SEEDS, 1, going)) {
            assertThat(draw(model, 3, 1).classes()).isEqualTo(conditional ? 10 : 1);
            model.save(resumed);
        }
        for (String file : List.of("weights.safetensors", "training.csv", "model.pt")) {
            assertThat(Files.readAllBytes(resumed.resolve(file)))
                    .describedAs(file)
                    .isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
        List<String> curve = Files.readAllLines(whole.resolve("training.csv"));
        assertThat(loss(curve.get(3))).isLessThan(0.9 * loss(curve.get(1)));
    }

    private static double loss(String line) {
        return Double.parseDouble(line.split(",")[1]);
    }

    @Test
    void biasScalesTheVarianceOfCodes(@TempDir Path folder) throws Exception {
        ModelFamily family = ofGlyphs(true);
        try (GenerativeModel model = family.train(Glyphs.trainingSet(64), null, SEEDS, 1, Work.UNATTENDED)) {
            Images unbiased = draw(model, 200, 1);
            Images modes = draw(model, 200, 1e-12);
            for (int i = 10; i < 200; i++) {
                assertThat(modes.slice(i, i + 1).pixels())
                        .describedAs("at λ → 0 every sample of a class is decoded from the code 0")
                        .isEqualTo(modes.slice(i % 10, i % 10 + 1).pixels());
            }
            // Of codes this near to 0 the decoder is linear, so pixels deviate √λ times as much.
            assertThat(deviation(draw(model, 200, 0.04), modes) / deviation(draw(model, 200, 0.01), modes))
                    .isCloseTo(2, within(0.25));
            assertThat(draw(model, 33, 1).pixels())
                    .isEqualTo(unbiased.slice(0, 33).pixels());
            model.save(folder);
            try (GenerativeModel read = family.load(folder)) {
                assertThat(draw(read, 200, 1).pixels()).isEqualTo(unbiased.pixels());
            }
        }
    }

    @Test
    void aSavedModelSamplesInPython(@TempDir Path folder) throws Exception {
        try (GenerativeModel model = ofGlyphs(true).train(Glyphs.trainingSet(20), null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(folder);
        }
        SampledInPython.grid(folder.resolve("model.pt"), 160);
    }

    private static Images draw(GenerativeModel model, int count, double bias) {
        return (Images) model.sample(count, bias, DRAWS, Work.UNATTENDED);
    }

    /** Root mean square of the pixels' differences. */
    private static double deviation(Images one, Images other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            double gap = (one.pixels()[i] & 0xff) - (other.pixels()[i] & 0xff);
            sum += gap * gap;
        }
        return Math.sqrt(sum / one.pixels().length);
    }

    /** Codes that nobody changes make the same images; what is found in images are the encoder's means, over √λ. */
    @ParameterizedTest
    @ValueSource(doubles = {1, .5})
    void latentsAreCodes(double bias) {
        try (ModelFamily family = ofGlyphs(true);
                GenerativeModel model = family.train(Glyphs.trainingSet(64), null, SEEDS, 1, Work.UNATTENDED);
                Encoder encoder = model.encoder().orElseThrow()) {
            Images own = (Images) model.sample(50, bias, DRAWS, Work.UNATTENDED);
            Images same = (Images) model.sample(
                    (first, count, latents) -> assertThat(latents).hasSize(3 * count),
                    50,
                    bias,
                    DRAWS,
                    Work.UNATTENDED);
            assertThat(same.pixels()).isEqualTo(own.pixels());
            Images others = (Images) model.sample(
                    (first, count, latents) -> Arrays.fill(latents, first == 20 ? 4 : -4),
                    50,
                    bias,
                    DRAWS,
                    Work.UNATTENDED);
            assertThat(others.pixels()).isNotEqualTo(own.pixels());
            assertThat(others.labels()).isEqualTo(own.labels());
            float[] means = encoder.means(own);
            float[] found = model.latents(own, bias, 0, Work.UNATTENDED);
            assertThat(found).hasSize(150);
            for (int i = 0; i < 150; i++) {
                assertThat(found[i]).isCloseTo((float) (means[i] / Math.sqrt(bias)), within(1e-4f));
            }
        }
    }
}
