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
import java.util.concurrent.atomic.AtomicInteger;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.NetworkModel;
import org.autophage.model.Precision;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.Device;
import org.autophage.program.Floats;
import org.autophage.program.OnGpu;
import org.autophage.program.Scope;
import org.autophage.run.FileCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One spec on both devices. Their random numbers differ, so what is drawn is compared in distribution. */
class DiffusionOnGpuTest extends OnGpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final int STEPS = 200;

    private static DiffusionProgram program(Device device, Precision precision) {
        return new DiffusionProgram(
                device,
                TinyDiffusion.spec(ParameterizationKind.EDM, 10, precision),
                TinyDiffusion.SHAPE,
                new Solver(SamplerKind.HEUN, 5),
                20);
    }

    private static ModelFamily family(Device device) {
        return family(device, Precision.FLOAT32);
    }

    private static ModelFamily family(Device device, Precision precision) {
        return TinyDiffusion.spec(ParameterizationKind.EDM, STEPS, precision)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.HEUN, 5, 20));
    }

    /** A step of Heun's sampler from given latents, which draws nothing; initial weights would have the network return 0. */
    private static float[] solved(Device device, Precision precision) {
        DiffusionProgram program = program(device, precision);
        float[] weights = Floats.normal(program.parameters().initialize(7).length, 0.1, 7);
        float[] x = Floats.normal(4 * 16 * 16, 1, 2);
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

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theSamplerSolvesTheSameEquation(Precision precision) {
        float[] exact = solved(cpu, Precision.FLOAT32);
        float[] found = solved(gpu, precision);
        // bfloat16 keeps 8 bits; the layers' roundings add up
        assertThat(Floats.relativeDistance(found, exact)).isLessThan(precision == Precision.FLOAT32 ? 1e-4 : 0.05);
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

    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingComesToTheSame(Precision precision, @TempDir Path folder) throws IOException {
        TrainingSet glyphs = Glyphs.trainingSet(256);
        try (GenerativeModel onCpu = family(cpu).train(glyphs, null, SEEDS, 1, Work.UNATTENDED);
                GenerativeModel onGpu = family(gpu, precision).train(glyphs, null, SEEDS, 1, Work.UNATTENDED)) {
            double expected = lastLoss(onCpu, folder.resolve("cpu"));
            assertThat(lastLoss(onGpu, folder.resolve("gpu"))).isCloseTo(expected, within(0.35 * expected));
            assertThat(Glyphs.meanPixelDrawn(onGpu)).isCloseTo(Glyphs.meanPixelDrawn(onCpu), within(25.0));
            // and the CPU reads the GPU's model
            try (GenerativeModel read = family(cpu).load(folder.resolve("gpu"))) {
                assertThat(Glyphs.meanPixelDrawn(read)).isCloseTo(Glyphs.meanPixelDrawn(onGpu), within(10.0));
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
        TrainingSet glyphs = Glyphs.trainingSet(64);
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
        TrainingSet glyphs = Glyphs.trainingSet(64);
        FileCheckpointStore store = stoppedOnGpu(glyphs, 47, folder);
        float[] whole = weights(family(gpu).train(glyphs, null, SEEDS, 1, Work.UNATTENDED));
        float[] resumed =
                weights(family(gpu).train(glyphs, null, SEEDS, 1, new Work(Progress.SILENT, store, StopSignal.NEVER)));
        // A GPU adds up gradients in no fixed order; what is a different run is further off than that.
        assertThat(Floats.relativeDistance(resumed, whole)).isLessThan(0.05);
        assertThat(Arrays.equals(whole, new float[whole.length])).isFalse();
    }

    private static float[] weights(GenerativeModel model) {
        try (model) {
            return ((NetworkModel) model).trained().weights().get(0);
        }
    }
}
