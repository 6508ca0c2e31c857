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
    private static final int KILLS = 5;
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

    @TempDir
    Path folder;

    @Test
    void recordsAndSamplesAreEqualButForTimes(TestReporter reporter) throws Exception {
        Path spec = Files.writeString(folder.resolve("killed.yaml"), SPEC);
        // The first run also trains the classifiers; the second finds them in the cache, and its time is known.
        assertThat(AutophageProcess.start(folder, "run", spec, "whole").waitFor())
                .isZero();
        long begin = System.nanoTime();
        assertThat(AutophageProcess.start(folder, "run", spec, "again").waitFor())
                .isZero();
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;

        SplittableRandom random = new SplittableRandom(SEED);
        int kills = 0;
        while (kills < KILLS) {
            Process process = AutophageProcess.start(folder, "run", spec, "killed");
            if (!process.waitFor(random.nextLong(milliseconds / 10, milliseconds / 2), TimeUnit.MILLISECONDS)) {
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
        assertThat(kills).isGreaterThanOrEqualTo(3);
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
