package org.autophage.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.loop.Expectation;
import org.autophage.loop.FolderLog;
import org.autophage.loop.LoopController;
import org.autophage.measure.Measures;
import org.autophage.metrics.MetricSuite;
import org.autophage.program.OnCpu;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fiftieth generation costs what the tenth did: nothing grows but files. */
class FlatCostTest extends OnCpu {
    private static final int GENERATIONS = 50;
    private static final int WARM_UP = 20;
    private static final MetricSuite NOTHING = generation -> Measures.NONE;
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String SPEC =
            """
            name: flat
            device: cpu
            dataset: {kind: strokes, size: 16, holdout: 10}
            model:
              {kind: diffusion, parameterization: edm, channels: 8, multipliers: [1, 2], blocks: 1, patch: 2, steps: 5,
              batch: 16, learningRate: 1e-3}
            sampling: {sampler: heun, steps: 3, chunk: 50}
            loop: {kind: fully-synthetic, generations: 50, initial: 50, synthetic: 50}
            metrics: {samples: 50}
            """;

    @TempDir
    Path folder;

    /**
     * What the process had used when a generation was finished.
     *
     * @param cpuNanos of all threads
     * @param residentBytes of memory, Java's heap apart
     * @param handles tensors and scopes of the device
     */
    private record Use(long cpuNanos, long residentBytes, int handles) {
        static Use now() {
            System.gc();
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
            return new Use(system.getProcessCpuTime(), resident() - heap, device.handles());
        }

        private static long resident() {
            try {
                return Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("RssAnon:"))
                        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void timeAndMemoryOfAGenerationDoNotGrow() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "memory of a process is read from Linux's /proc");
        Path file = Files.writeString(folder.resolve("flat.yaml"), SPEC);
        ExperimentInputs inputs = ExperimentInputs.open(ExperimentSpec.read(file, List.of()));
        FolderLog log = new FolderLog(
                new RunFolder(folder.resolve("run")).seed(0),
                inputs.spec().keep(),
                inputs.spec().loop().dataMix().memory(),
                Duration.ofMinutes(1),
                "");
        List<Use> uses = new ArrayList<>();
        new LoopController(inputs.plan(), inputs.dataset(), inputs.family(device), NOTHING, Expectation.NOTHING)
                .run(log, Progress.SILENT, StopSignal.NEVER, record -> {
                    uses.add(Use.now());
                    return true;
                });

        assertThat(uses).hasSize(GENERATIONS);
        int middle = (WARM_UP + GENERATIONS) / 2;
        double early = medianNanos(uses.subList(WARM_UP - 1, middle));
        double late = medianNanos(uses.subList(middle - 1, GENERATIONS));
        assertThat(late / early).describedAs("CPU time of a generation").isBetween(0.6, 1.4);
        Use before = uses.get(WARM_UP - 1);
        Use after = uses.get(GENERATIONS - 1);
        assertThat(after.handles()).isEqualTo(before.handles());
        assertThat(after.residentBytes() - before.residentBytes())
                .describedAs("bytes in %d generations", GENERATIONS - WARM_UP)
                .isLessThan(16L << 20);
    }

    /** Median of the differences. */
    private static double medianNanos(List<Use> uses) {
        List<Long> each = new ArrayList<>();
        for (int i = 1; i < uses.size(); i++) {
            each.add(uses.get(i).cpuNanos() - uses.get(i - 1).cpuNanos());
        }
        return each.stream().sorted().toList().get(each.size() / 2);
    }
}
