package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.autophage.data.Images;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs as inputs of {@code evaluate}. Generation t of this one consists of the real images from 1000 t on, and of seed 3 from
 * 5000 + 1000 t on, so that each is recognised by being an exact copy of what it should be.
 */
class EvaluateRunTest {
    private static final StrokesSpec STROKES = new StrokesSpec(16, 60, 0);
    private static final int SAMPLES = 40;

    @TempDir
    private Path folder;

    private Path runs;

    @BeforeEach
    void writeRun() throws IOException {
        runs = Files.createDirectories(folder.resolve("runs"));
        RunFolder run = new RunFolder(Files.createDirectory(runs.resolve("tiny")));
        Files.writeString(run.experiment(), "name: tiny\ndataset: {kind: strokes, size: 16, holdout: 60}\n");
        for (int seed : new int[] {0, 3}) {
            SeedFolder folderOfSeed = run.seed(seed);
            StringBuilder records = new StringBuilder();
            for (int t = 1; t <= 3; t++) {
                Path generation = folderOfSeed.generation(t).path();
                Files.createDirectories(generation);
                images(seed, t).write(folderOfSeed.generation(t).samples());
                records.append("{\"generation\":%d,\"seed\":%d,\"loop\":\"fully-synthetic\",\"bias\":1.0,"
                                .formatted(t, seed))
                        .append("\"trainingSet\":{\"fixedReal\":0,\"freshReal\":0,\"synthetic\":40},")
                        .append("\"features\":\"lenet@0\",\"samples\":40,\"frechetDistance\":1.0,")
                        .append("\"trainSeconds\":1.0,\"sampleSeconds\":1.0,\"metricSeconds\":1.0}\n");
            }
            Files.writeString(folderOfSeed.generations(), records.toString());
        }
    }

    private static Images images(int seed, int generation) {
        long from = (seed == 0 ? 0 : 5000) + 1000L * generation;
        return STROKES.open().real(LongStream.range(from, from + SAMPLES).toArray());
    }

    @Test
    void aRunMeansItsNewestGenerationOfItsFirstSeed() {
        Path expected = folder.resolve("expected.npz");
        images(0, 3).write(expected);
        assertThat(copies(expected.toString(), "tiny")).isEqualTo(SAMPLES);
        assertThat(copies(expected.toString(), runs.resolve("tiny").toString())).isEqualTo(SAMPLES);
        assertThat(copies(expected.toString(), "tiny:2")).isZero();
    }

    @Test
    void generationsAndSeedsCanBeNamed() {
        Path second = folder.resolve("second.npz");
        images(0, 2).write(second);
        assertThat(copies(second.toString(), "tiny:2")).isEqualTo(SAMPLES);
        assertThat(copies(second.toString(), runs.resolve("tiny") + ":2")).isEqualTo(SAMPLES);
        Path other = folder.resolve("other.npz");
        images(3, 1).write(other);
        assertThat(copies(
                        other.toString(),
                        runs.resolve("tiny/seed-3/generation-001").toString()))
                .isEqualTo(SAMPLES);
        images(3, 3).write(other);
        assertThat(copies(other.toString(), runs.resolve("tiny/seed-3").toString()))
                .isEqualTo(SAMPLES);
    }

    @Test
    void aDatasetBesideARunIsTheRunsOwn() {
        CommandRun run = evaluate("strokes", "tiny");
        assertThat(run.err()).isEmpty();
        JsonNode found = JsonMapper.shared().readTree(run.out());
        assertThat(found.path("real").path("samples").asInt()).isEqualTo(60);
        assertThat(found.path("real").path("width").asInt()).isEqualTo(256);
        // A run's labels are what was asked for: without its judge nobody knows the classes of its samples.
        assertThat(found.has("classesLost")).isFalse();
    }

    @Test
    void whatARunHasNotIsOneLine() throws IOException {
        refused("tiny:4", "tiny/seed-0 has no generation 4: it has come to 3");
        Files.delete(new RunFolder(runs.resolve("tiny")).seed(0).generation(1).samples());
        refused(
                "tiny:1",
                "samples-00000.npz is missing: the run kept it (keep: all), so it was deleted or moved since");
        refused(
                "other",
                "other is no file, no folder, no run in " + runs
                        + " and no dataset (cifar10, fashion-mnist, mnist, strokes)");
    }

    private void refused(String fake, String message) {
        CommandRun run = evaluate("strokes", fake);
        assertThat(run.err().lines()).singleElement().asString().contains(message);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private int copies(String real, String fake) {
        CommandRun run = evaluate(real, fake);
        assertThat(run.err()).isEmpty();
        return JsonMapper.shared().readTree(run.out()).path("exactCopies").asInt();
    }

    private CommandRun evaluate(String real, String fake) {
        return CommandRun.of(
                "evaluate",
                "--real",
                real,
                "--fake",
                fake,
                "--features",
                "pixels",
                "--runs",
                runs.toString(),
                "--json");
    }
}
