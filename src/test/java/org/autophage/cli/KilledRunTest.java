package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A real experiment, killed with SIGKILL at random moments, has the records of one that was left alone. */
@Tag("slow")
class KilledRunTest {
    private static final long SEED = 20261121;

    private static final String SPEC =
            """
            name: killed
            device: cpu
            dataset: {kind: strokes, size: 16, holdout: 300}
            model: {kind: diffusion, channels: 8, steps: 250, batch: 32, learningRate: 2e-3, ema: 0.99}
            sampling: {steps: 6, chunk: 50}
            loop: {kind: fully-synthetic, generations: 3, initial: 300, synthetic: 300}
            metrics: {samples: 300}
            """;

    /** A remedy in each door of the loop. */
    private static final String THREE_STAGES =
            """
            name: killed
            device: cpu
            dataset: {kind: strokes, size: 16, holdout: 300}
            model: {kind: diffusion, channels: 8, steps: 250, batch: 32, learningRate: 2e-3, ema: 0.99}
            sampling: {steps: 6, chunk: 50}
            loop: {kind: accumulate, generations: 3, initial: 300, synthetic: 300}
            remedies:
              - {kind: sims, weight: 0.5, steps: 100}
              - {kind: near-duplicates, distance: 0.02}
              - {kind: farthest-point, samples: 280, features: pixels}
            metrics: {samples: 300}
            """;

    @TempDir
    Path folder;

    @Test
    void recordsAndSamplesAreEqualButForTimes(TestReporter reporter) throws Exception {
        killed(SPEC, 5, 3, 0.5, reporter);
    }

    @Test
    void withAStageInEveryDoorToo(TestReporter reporter) throws Exception {
        killed(THREE_STAGES, 20, 15, 0.2, reporter);
    }

    /**
     * @param most kills at random moments
     * @param least of them without which nothing was tested
     * @param longest a process lives, as a share of the time that an undisturbed run takes
     */
    private void killed(String text, int most, int least, double longest, TestReporter reporter) throws Exception {
        Path spec = Files.writeString(folder.resolve("killed.yaml"), text);
        // The first run also trains the classifiers; the second finds them in the cache, and its time is known.
        assertThat(AutophageProcess.start(folder, "run", spec, "whole").waitFor())
                .isZero();
        long begin = System.nanoTime();
        assertThat(AutophageProcess.start(folder, "run", spec, "again").waitFor())
                .isZero();
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;

        SplittableRandom random = new SplittableRandom(SEED);
        int kills = 0;
        while (kills < most) {
            Process process = AutophageProcess.start(folder, "run", spec, "killed");
            if (!process.waitFor(
                    random.nextLong(milliseconds / 10, (long) (longest * milliseconds)), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
            } else {
                assertThat(process.exitValue()).isZero();
                break;
            }
        }
        assertThat(AutophageProcess.start(folder, "run", spec, "killed").waitFor())
                .isZero();

        reporter.publishEntry("kills of a run with classifiers", String.valueOf(kills));
        assertThat(kills).isGreaterThanOrEqualTo(least);
        assertThat(records("killed")).hasSize(3).isEqualTo(records("whole"));
        for (int generation = 1; generation <= 3; generation++) {
            for (String file : List.of("samples-00000.npz", "weights.safetensors", "training-set.json", "grid.png")) {
                Path within = Path.of("seed-0", "generation-00" + generation, file);
                assertThat(run("killed").resolve(within))
                        .hasSameBinaryContentAs(run("whole").resolve(within));
            }
        }
    }

    private Path run(String runs) {
        return folder.resolve(runs).resolve("killed");
    }

    private List<String> records(String runs) throws IOException {
        return Files.readAllLines(run(runs).resolve("seed-0").resolve("generations.jsonl")).stream()
                .map(line -> line.replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}]*", ""))
                .toList();
    }
}
