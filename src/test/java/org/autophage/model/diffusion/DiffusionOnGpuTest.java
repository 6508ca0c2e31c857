package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec.Sampler;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.Device;
import org.autophage.program.OnGpu;
import org.autophage.program.Scope;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One spec on both devices. Their random numbers differ, so what is drawn is compared in distribution. */
class DiffusionOnGpuTest extends OnGpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final int STEPS = 200;

    private static DiffusionProgram program(Device device) {
        return new DiffusionProgram(
                device,
                TinyDiffusion.spec(ParameterizationKind.EDM, 10),
                TinyDiffusion.SHAPE,
                TinyDiffusion.sampling(Sampler.HEUN, 5, 20));
    }

    private static ModelFamily family(Device device) {
        return TinyDiffusion.spec(ParameterizationKind.EDM, STEPS)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(Sampler.HEUN, 5, 20));
    }

    /** A step of Heun's sampler from given latents, which draws nothing. */
    private static float[] solved(Device device) {
        DiffusionProgram program = program(device);
        float[] weights = program.parameters().initialize(7);
        float[] x = new float[4 * 16 * 16];
        Random random = new Random(2);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        try (Scope scope = device.newScope()) {
            return program.run(
                            scope,
                            "heun",
                            scope.floats(weights, weights.length),
                            scope.floats(x, 4, 1, 16, 16),
                            scope.longs(new long[] {0, 1, 2, 3}, 4),
                            1.0,
                            0.5)
                    .get(0)
                    .toFloats();
        }
    }

    @Test
    void theSamplerSolvesTheSameEquation() {
        float[] expected = solved(cpu);
        float[] found = solved(gpu);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
        }
    }

    private static double lastLoss(GenerativeModel model, Path folder) throws IOException {
        Files.createDirectories(folder);
        model.save(folder);
        List<String> curve = Files.readAllLines(folder.resolve("training.csv"));
        return curve.subList(curve.size() - 5, curve.size()).stream()
                .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
                .average()
                .orElseThrow();
    }

    private static double meanPixel(GenerativeModel model) {
        Images images = (Images) model.sample(200, 1.0, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED);
        byte[] pixels = images.pixels();
        long sum = 0;
        for (byte pixel : pixels) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return (double) sum / pixels.length;
    }

    @Test
    void trainingComesToTheSame(@TempDir Path folder) throws IOException {
        TrainingSet glyphs = TinyDiffusion.glyphs(256);
        try (GenerativeModel onCpu = family(cpu).train(glyphs, null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel onGpu = family(gpu).train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            double expected = lastLoss(onCpu, folder.resolve("cpu"));
            assertThat(lastLoss(onGpu, folder.resolve("gpu"))).isCloseTo(expected, within(0.35 * expected));
            assertThat(meanPixel(onGpu)).isCloseTo(meanPixel(onCpu), within(25.0));
            // and the CPU reads the GPU's model
            try (GenerativeModel read = family(cpu).load(folder.resolve("gpu"))) {
                assertThat(meanPixel(read)).isCloseTo(meanPixel(onGpu), within(10.0));
            }
        }
    }

    /** A training on the GPU that was asked to stop after so many steps, and left its checkpoint. */
    private FileCheckpointStore stoppedOnGpu(TrainingSet glyphs, int steps, Path folder) {
        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == steps);
        assertThatThrownBy(() -> family(gpu).train(glyphs, null, SEEDS, 1, stopping))
                .isInstanceOf(AutophageException.class);
        return store;
    }

    @Test
    void theCpuGoesOnFromTheGpusCheckpoint(@TempDir Path folder) throws IOException {
        TrainingSet glyphs = TinyDiffusion.glyphs(64);
        FileCheckpointStore store = stoppedOnGpu(glyphs, 130, folder);
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        AtomicInteger steps = new AtomicInteger();
        Work counted = new Work(going.progress(), store, () -> steps.incrementAndGet() < 0);
        try (GenerativeModel model = family(cpu).train(glyphs, null, SEEDS, 1, counted)) {
            assertThat(steps).hasValue(STEPS - 130);
            double loss = lastLoss(model, folder.resolve("model"));
            assertThat(loss).isBetween(0.0, 1.0);
        }
    }

    @Test
    void aResumedGpuGoesOnWhereItWas(@TempDir Path folder) throws IOException {
        TrainingSet glyphs = TinyDiffusion.glyphs(64);
        FileCheckpointStore store = stoppedOnGpu(glyphs, 47, folder);
        float[] whole = weights(family(gpu).train(glyphs, null, SEEDS, 1, Work.UNATTENDED));
        float[] resumed =
                weights(family(gpu).train(glyphs, null, SEEDS, 1, new Work(Progress.SILENT, store, StopSignal.NEVER)));
        // A GPU adds up gradients in no fixed order; what is a different run is further off than that.
        double distance = 0;
        double size = 0;
        for (int i = 0; i < whole.length; i++) {
            distance += Math.pow(whole[i] - resumed[i], 2);
            size += Math.pow(whole[i], 2);
        }
        assertThat(Math.sqrt(distance / size)).isLessThan(0.05);
        assertThat(Arrays.equals(whole, new float[whole.length])).isFalse();
    }

    private static float[] weights(GenerativeModel model) {
        try (model) {
            return ((DiffusionModel) model).weights();
        }
    }
}
