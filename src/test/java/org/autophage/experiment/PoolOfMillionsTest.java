package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.Expectation;
import org.autophage.loop.FolderLog;
import org.autophage.loop.LoopController;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.autophage.run.RunFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loop {@code accumulate} up to 2,100,000 training images of 28 x 28 (1.6 GB) in a Java heap of 512 MB: drawing, files,
 * mixing, the guard, the training set on the device and batches gathered from it are those of every run. The samples are
 * noise, because a network would need hours to draw so many.
 */
@Tag("slow")
class PoolOfMillionsTest {
    private static final int EVERY_GENERATION = 200_000;
    private static final int GENERATIONS = 11;
    private static final long MIB = 1 << 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String SPEC =
            """
            name: pool
            device: cpu
            keep: last
            dataset: {kind: strokes, size: 28, holdout: 100}
            model:
              {kind: diffusion, parameterization: edm, channels: 8, multipliers: [1], blocks: 1, patch: 2, steps: 20,
              batch: 64, learningRate: 1e-3}
            sampling: {sampler: heun, steps: 3, chunk: 100}
            loop: {kind: accumulate, generations: %d, initial: 100000, synthetic: %d}
            metrics: {samples: 100}
            """
                    .formatted(GENERATIONS, EVERY_GENERATION);

    @TempDir
    Path folder;

    @Test
    void twoMillionImagesNeedNoMoreHeapThanTwoHundredThousand() throws Exception {
        assumeTrue(Files.isReadable(STATUS), "memory of a process is read from Linux's /proc");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).describedAs(said).isZero();
        List<long[]> rows = said.lines()
                .filter(line -> line.startsWith("used "))
                .map(line -> Arrays.stream(line.substring(5).split(" "))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .toList();
        assertThat(rows).hasSize(GENERATIONS);
        long[] last = rows.get(GENERATIONS - 1);
        assertThat(last[0]).isEqualTo(2_100_000);
        long training = last[0] * 784 / MIB;
        assertThat(last[1]).describedAs("MiB of heap in use: %s", said).isLessThan(350);
        assertThat(last[2])
                .describedAs("MiB of memory, mapped files apart: %s", said)
                .isLessThan(training + 512 + 600);
    }

    /** The process that is looked at. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            ExperimentInputs inputs = ExperimentInputs.open(
                    ExperimentSpec.read(Files.writeString(folder.resolve("pool.yaml"), SPEC), List.of()));
            FolderLog log = new FolderLog(
                    new RunFolder(folder.resolve("run")).seed(0),
                    inputs.spec().keep(),
                    inputs.spec().loop().dataMix().memory(),
                    Duration.ofMinutes(1),
                    "");
            try (Device device = Device.of("cpu")) {
                new LoopController(
                                inputs.plan(),
                                inputs.dataset(),
                                new Noise(inputs.family(device)),
                                generation -> Measures.NONE,
                                Expectation.NOTHING)
                        .run(log, Progress.SILENT, StopSignal.NEVER, record -> {
                            System.gc();
                            long heap = ManagementFactory.getMemoryMXBean()
                                    .getHeapMemoryUsage()
                                    .getUsed();
                            Composition trained = Objects.requireNonNull(record.trainingSet());
                            int trainedOn = trained.fixedReal() + trained.synthetic();
                            System.out.printf(
                                    Locale.ROOT,
                                    "used %d %d %d %d %d%n",
                                    trainedOn,
                                    heap / MIB,
                                    status("RssAnon:") / MIB,
                                    status("RssFile:") / MIB,
                                    Math.round(record.seconds(Metrics.TRAIN_SECONDS)));
                            return true;
                        });
            }
        }

        private static long status(String key) {
            try {
                return Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith(key))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Trains what another family trains, whose models draw noise. */
    private record Noise(ModelFamily trained) implements ModelFamily {
        @Override
        public GenerativeModel train(
                TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
            return new NoiseModel(trained.train(training, null, seeds, generation, work));
        }

        @Override
        public GenerativeModel load(Path folder) throws IOException {
            return new NoiseModel(trained.load(folder));
        }
    }

    private record NoiseModel(GenerativeModel model) implements GenerativeModel {
        @Override
        public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
            if (count < EVERY_GENERATION) {
                return model.sample(count, bias, seeds, work); // the grid
            }
            byte[] pixels = new byte[count * 784];
            new Random(seeds.of(0)).nextBytes(pixels);
            int[] labels = new int[count];
            Arrays.setAll(labels, i -> i % 10);
            return new Images(28, 28, 1, 10, pixels, labels);
        }

        @Override
        public void save(Path folder) throws IOException {
            model.save(folder);
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
