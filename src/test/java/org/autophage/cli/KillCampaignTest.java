package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.autophage.command.Scripts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs of every kind, killed with SIGKILL again and again at random moments until they are finished: their records and samples are
 * those of a run that was left alone. Fixed seeds; what varies is where the machine is when the signal comes.
 */
@Tag("slow")
class KillCampaignTest {
    private static final long SEED = 20261127;
    private static final int LEAST_KILLS = 15;
    private static final int MOST_KILLS = 17;

    @TempDir
    Path folder;

    private static String spec(String dataset, String model, int size, int generations) {
        return """
                name: killed
                device: cpu
                seeds: [0, 1]
                dataset: {%s}
                model: {%s}
                loop: {kind: fully-synthetic, generations: %d, initial: %d, synthetic: %d}
                metrics: {%ssamples: 60, neighbours: 3}
                """
                .formatted(
                        dataset,
                        model,
                        generations,
                        size,
                        size,
                        dataset.contains("points") ? "" : "features: pixels, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gaussian  | kind: points, distribution: gaussian, dimensions: 60, replicas: 20 | kind: gaussian | 200 | 40
                    mixture   | kind: points, distribution: grid, dimensions: 2, replicas: 2, holdout: 200 | kind: mixture, components: 9 | 200 | 10
                    kernel    | kind: points, distribution: moons, dimensions: 2, replicas: 2, holdout: 200 | kind: kernel | 200 | 20
                    flow      | kind: points, distribution: moons, dimensions: 2, replicas: 1, holdout: 200 | kind: flow, steps: 120 | 200 | 3
                    categorical | kind: categorical, replicas: 50 | kind: categorical | 200 | 40
                    markov    | kind: grammar, holdout: 100 | kind: markov, order: 2, interpolation: 1 | 200 | 10
                    transformer | kind: grammar, holdout: 100 | kind: transformer, layers: 1, width: 16, heads: 2, context: 32, steps: 60, batch: 8 | 100 | 3
                    diffusion | kind: strokes, size: 16, holdout: 100 | kind: diffusion, channels: 8, multipliers: [1], blocks: 1, steps: 60, batch: 16 | 60 | 3
                    gan       | kind: strokes, size: 16, holdout: 100 | kind: gan, steps: 25, batch: 16 | 60 | 3
                    vae       | kind: strokes, size: 16, holdout: 100 | kind: vae, steps: 60, batch: 16 | 60 | 3
                    command   | kind: points, distribution: moons, replicas: 2, holdout: 200 | kind: command, program: [by-heart.sh], options: {steps: 5, pause: 0.05} | 1000 | 5
                    """)
    void aRunKilledAgainAndAgainHasTheRecordsOfOneLeftAlone(
            String kind, String dataset, String model, int size, int generations, TestReporter reporter)
            throws IOException, InterruptedException {
        String script = Scripts.byHeart(folder).toString();
        String trained = model.replace("by-heart.sh", script);
        Path spec = Files.writeString(folder.resolve("killed.yaml"), spec(dataset, trained, size, generations));
        assertThat(finish(spec, "whole")).as(log("whole")).isZero();
        long begin = System.nanoTime();
        assertThat(finish(spec, "again")).isZero();
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;

        SplittableRandom random = new SplittableRandom(SEED);
        int kills = 0;
        while (kills < MOST_KILLS) {
            Process process = AutophageProcess.start(folder, "run", spec, "killed", "--trust");
            long moment = random.nextLong(milliseconds / 4, milliseconds + 200);
            if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).as(log("killed")).isZero();
                if (kills >= LEAST_KILLS) {
                    break;
                }
                org.autophage.base.AtomicFiles.delete(folder.resolve("killed"));
            } else {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        assertThat(finish(spec, "killed")).as(log("killed")).isZero();
        assertThat(kills).isGreaterThanOrEqualTo(LEAST_KILLS);
        Map<String, String> results = results("killed");
        assertThat(results).isEqualTo(results("whole"));
        reporter.publishEntry("kills of " + kind, "%d, then %d equal files".formatted(kills, results.size()));
    }

    private int finish(Path spec, String runs) throws IOException, InterruptedException {
        return AutophageProcess.start(folder, "run", spec, runs, "--trust").waitFor();
    }

    private String log(String runs) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(runs + ".log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    /** Records without times, and the hashes of samples, by file. */
    private Map<String, String> results(String runs) throws IOException {
        Path run = folder.resolve(runs).resolve("killed");
        Map<String, String> results = new TreeMap<>();
        try (Stream<Path> contents = Files.walk(run)) {
            for (Path file : contents.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (name.endsWith("generations.jsonl")) {
                    results.put(name, Files.readString(file).replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}\\n]*", ""));
                } else if (name.matches(
                        ".*/(samples-00000.npz|parameters.npz|weights.safetensors|training-set.json)")) {
                    results.put(name, org.autophage.base.Sha256.of(file));
                }
            }
        }
        return results;
    }
}
