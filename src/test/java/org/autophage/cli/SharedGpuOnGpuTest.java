package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.measure.Metrics;
import org.autophage.program.OnGpu;
import org.autophage.run.GenerationRecord;
import org.autophage.run.Provenance;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that share a GPU have the results of cells that have it for themselves, as far as a GPU's sums are the same twice. */
class SharedGpuOnGpuTest extends OnGpu {
    private static final List<String> CELLS =
            List.of("loop.synthetic=10", "loop.synthetic=30", "loop.synthetic=90", "loop.synthetic=270");

    @TempDir
    private Path folder;

    @Test
    void resultsAreThoseOfOneAtATime() throws IOException {
        Path spec = Files.writeString(
                folder.resolve("map.yaml"),
                """
                device: %s
                dataset: {kind: points, distribution: gaussian, dimensions: 4, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 3, initial: 40, real: 40, synthetic: 30}
                sweep: {loop.synthetic: [10, 30, 90, 270]}
                """
                        .formatted(gpu.isGpu() ? "auto" : "cpu"));
        sweep(spec, "alone", "--jobs", "1");
        sweep(spec, "shared", gpu.isGpu() ? "--per-gpu" : "--jobs", "2");
        for (String cell : CELLS) {
            List<GenerationRecord> alone = run("alone", cell).seed(0).records();
            List<GenerationRecord> shared = run("shared", cell).seed(0).records();
            assertThat(shared).hasSize(3);
            for (int i = 0; i < 3; i++) {
                double expected = distance(alone.get(i));
                assertThat(distance(shared.get(i))).isCloseTo(expected, within(1e-4 * expected));
            }
            assertThat(Provenance.read(run("shared", cell).provenance()).sessions())
                    .singleElement()
                    .satisfies(session -> assertThat(session.device()).startsWith(gpu.name()));
        }
    }

    private void sweep(Path spec, String runs, String... more) {
        CommandRun run = CommandRun.of(
                "sweep", spec.toString(), "--runs", folder.resolve(runs).toString(), more[0], more[1]);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    private RunFolder run(String runs, String cell) {
        return new RunFolder(folder.resolve(runs).resolve("map").resolve(cell));
    }

    private static double distance(GenerationRecord record) {
        return record.measures().value(Metrics.SQUARED_WASSERSTEIN).orElseThrow();
    }
}
