package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.Trainings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training noise that is measured once, and known to runs of the same data and model: what needs a cache of its own in processes. */
class CalibrateCommandTest {
    @TempDir
    private Path folder;

    private String autophage(int exitCode, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it is over before C2 pays
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("AUTOPHAGE_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
        return said;
    }

    private Path calibration() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("cache/calibrations"))) {
            List<Path> found = all.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void whatIsCalibratedOnceIsKnownToRunsOfTheSameDataAndModel() throws Exception {
        Path spec = Files.writeString(
                folder.resolve("moons.yaml"),
                """
                seeds: [0]
                device: cpu
                dataset: {kind: points, distribution: moons, dimensions: 2, holdout: 200}
                model: {kind: kernel}
                loop: {kind: fully-synthetic, generations: 8, initial: 100, synthetic: 100}
                metrics: {samples: 100}
                """);
        String runs = folder.resolve("runs").toString();
        assertThat(CommandRun.of("calibrate", spec.toString(), "--seeds=1").err())
                .contains("--seeds is 1: must be at least 2");

        autophage(0, "run", spec.toString(), "--runs", runs, "name=before");
        assertThat(folder.resolve("runs/before/trainings.jsonl")).doesNotExist();

        String said = autophage(0, "calibrate", spec.toString(), "--seeds=4");
        assertThat(said).containsPattern("indicator +mean +over 4 trainings +by sampling +times that");
        assertThat(said)
                .containsPattern("frechetDistance +\\S+ +\\S+ +- +-")
                .containsPattern("recall +\\S+ +\\S+ +\\d\\S* +\\d");
        RunFolder calibration = new RunFolder(calibration());
        assertThat(Trainings.of(calibration).records())
                .extracting(GenerationRecord::seed)
                .containsExactly(1L, 2L, 3L, 4L);

        // more seeds of the same are further ones; another loop over the same data and model has the same noise
        String record = Files.readString(calibration.seed(2).generations());
        autophage(0, "calibrate", spec.toString(), "--seeds=5", "loop.synthetic=50", "stop.when=warned");
        assertThat(calibration().toString()).isEqualTo(calibration.root().toString());
        assertThat(calibration.seeds()).hasSize(5);
        assertThat(calibration.seed(2).generations()).content().isEqualTo(record);

        assertThat(autophage(0, "run", spec.toString(), "--runs", runs, "name=after", "seeds=[0,2]"))
                .contains("training noise is known from 5 trainings")
                .contains("by the spread of generation 1 over 6 trainings")
                .doesNotContain("taken to be");
        RunFolder after = new RunFolder(folder.resolve("runs/after"));
        assertThat(Trainings.read(after.trainings()).records()).hasSize(5);
        // a training that the run has itself is not counted twice
        assertThat(after.seed(2).generations())
                .content()
                .startsWith(record.substring(0, record.indexOf(",\"trainSeconds\"")));
        assertThat(after.report()).content().contains("by the spread of generation 1 over 6 trainings");

        // a calibration that is damaged is left out, and said
        Files.writeString(calibration.seed(3).generations(), "{\"generation\":1", StandardCharsets.UTF_8);
        assertThat(autophage(0, "run", spec.toString(), "--runs", runs, "name=later"))
                .contains("what is known of training noise is left out: ");
        assertThat(folder.resolve("runs/later/trainings.jsonl")).doesNotExist();
    }

    /** Another seed's cell over the same data, model and sampling; not one with another sampling bias, nor the seed's own. */
    @Test
    void cellsOfASweepKnowEachOther() throws Exception {
        Path spec = Files.writeString(
                folder.resolve("cells.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: moons, dimensions: 2, holdout: 200}
                model: {kind: kernel}
                loop: {kind: fully-synthetic, generations: 2, initial: 100, synthetic: 100}
                metrics: {samples: 100}
                sweep:
                  sampling.bias: [1.0, 0.9]
                  seeds: [[0], [1]]
                """);
        String runs = folder.resolve("runs").toString();
        for (int cell = 0; cell < 4; cell++) {
            CommandRun run = CommandRun.of("run", "--plan", spec.toString(), "--index", "" + cell, "--runs", runs);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        List<Integer> known = new ArrayList<>();
        for (double bias : new double[] {1, .9}) {
            for (int seed = 0; seed < 2; seed++) {
                Path cell = folder.resolve("runs/cells/sampling.bias=%s,seeds=%d".formatted(bias, seed));
                assertThat(cell).isDirectory();
                known.add(Trainings.read(new RunFolder(cell).trainings())
                        .records()
                        .size());
            }
        }
        assertThat(known).containsExactly(0, 1, 0, 1);
    }
}
