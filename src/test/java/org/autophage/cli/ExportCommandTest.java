package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.autophage.data.SampleArchive;
import org.autophage.data.picture.PictureFiles;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code export} writes is what the run's files say that it was trained on, and what it gave. */
class ExportCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void run() throws IOException {
        run("all");
    }

    private void run(String keep) throws IOException {
        Path spec = Files.writeString(
                folder.resolve(keep + ".yaml"),
                """
                device: cpu
                keep: %s
                dataset: {kind: strokes, size: 16, holdout: 100}
                model: {kind: vae, steps: 2, batch: 8, channels: 8}
                loop: {kind: fresh-data, generations: 3, initial: 30, real: 11, synthetic: 20}
                metrics: {features: pixels, samples: 20}
                """
                        .formatted(keep));
        assertThat(said("run", spec.toString()).exitCode()).isZero();
        run = folder.resolve("runs").resolve(keep);
    }

    private Said said(String... words) {
        List<String> all = Stream.concat(
                        Arrays.stream(words),
                        Stream.of("--runs", folder.resolve("runs").toString()))
                .toList();
        return Said.by(LIMIT, all).followsTheRules(all.toString());
    }

    private static Images pictures(Path place) {
        try (PictureFiles files = PictureFiles.open(place)) {
            return files.readAll(false, Progress.SILENT);
        }
    }

    private Images samples(int generation) {
        return SampleArchive.read(run.resolve("seed-0/generation-%03d/samples-00000.npz".formatted(generation)))
                .images()
                .orElseThrow();
    }

    private static void same(Images found, Images expected) {
        assertThat(found.labels()).isEqualTo(expected.labels());
        assertThat(found.pixels()).isEqualTo(expected.pixels());
    }

    /** The real images by the numbers in the run's own list, which glyphs are drawn from again. */
    private Images real(int generation, int count) throws IOException {
        JsonNode numbers = JsonMapper.shared()
                .readTree(
                        Files.readString(run.resolve("seed-0/generation-%03d/training-set.json".formatted(generation))))
                .path("images")
                .path(0)
                .path("real");
        long[] indices = new long[count];
        int at = 0;
        for (JsonNode each : numbers) {
            long last = each.isArray() ? each.path(1).asLong() : each.asLong();
            for (long index = each.isArray() ? each.path(0).asLong() : last; index <= last; index++) {
                indices[at++] = index;
            }
        }
        assertThat(at).isEqualTo(count);
        return new StrokesSpec(16, 100, 0).open().real(indices).images().orElseThrow();
    }

    @Test
    void trainingSetsAreRealImagesAndThenTheLastGenerations() throws IOException {
        Path all = folder.resolve("sets");
        Said said = said("export", "all", "--set", "training", "--all", "--as", "edm", "--out", all.toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
        same(pictures(all.resolve("seed-0/generation-001.zip")), real(1, 30));
        for (int t = 2; t <= 3; t++) {
            Images set = pictures(all.resolve("seed-0/generation-%03d.zip".formatted(t)));
            assertThat(set.count()).isEqualTo(31);
            same(set.slice(0, 11), real(t, 11));
            same(set.slice(11, 31), samples(t - 1));
            Path one = folder.resolve("one-" + t + ".npz");
            assertThat(said("export", "all:" + t, "--set", "training", "--out", one.toString())
                            .exitCode())
                    .isZero();
            same(SampleArchive.read(one).images().orElseThrow(), set);
        }
    }

    @Test
    void samplesAreThoseOfTheRunAndMeasureTheSame() {
        Path zip = folder.resolve("last.zip");
        assertThat(said("export", "all", "--out", zip.toString()).exitCode()).isZero();
        same(pictures(zip), samples(3));
        Path npz = folder.resolve("second.npz");
        assertThat(said("export", run + "/seed-0/generation-002", "--out", npz.toString())
                        .exitCode())
                .isZero();
        assertThat(npz).hasSameBinaryContentAs(run.resolve("seed-0/generation-002/samples-00000.npz"));
        JsonNode ofRun = evaluated("all:3");
        JsonNode ofZip = evaluated(zip.toString());
        for (String metric : List.of("frechetDistance", "kernelDistance", "precision", "recall", "density")) {
            assertThat(ofZip.get(metric)).as(metric).isEqualTo(ofRun.get(metric));
        }
    }

    private JsonNode evaluated(String fake) {
        Said said = said("evaluate", "--real", "all:1", "--fake", fake, "--features", "pixels", "--json");
        assertThat(said.exitCode()).as(said.err()).isZero();
        return JsonMapper.shared().readTree(said.out());
    }

    @Test
    void whatWasNotKeptIsLeftOutAndTold() throws IOException {
        run("last");
        Path all = folder.resolve("sets");
        Said said = said("export", "last", "--set", "training", "--all", "--as", "npz", "--out", all.toString());
        assertThat(said.exitCode()).isZero();
        assertThat(said.progress().lines().filter(line -> line.startsWith("left out: ")))
                .hasSize(2)
                .first()
                .asString()
                .contains("training of generation 2", "generation-001/samples-00000.npz is missing");
        assertThat(all.resolve("seed-0/generation-001.npz")).exists();
        assertThat(all.resolve("seed-0/generation-002.npz")).doesNotExist();
        said = said("export", "last:2", "--out", folder.resolve("x").toString());
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .contains("is missing: with keep: last a run has the samples of its newest generations only");
        IntStream.rangeClosed(1, 3).forEach(t -> run.resolve("seed-0/generation-%03d/samples-00000.npz".formatted(t))
                .toFile()
                .delete());
        Path none = folder.resolve("none");
        said = said("export", "last", "--all", "--out", none.toString());
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("is missing: with keep: last");
        assertThat(none).doesNotExist();
        assertThat(folder.toFile().list((place, name) -> name.contains("partial")))
                .isEmpty();
    }

    @Test
    void whyNothingWasKeptIsSaid() throws IOException {
        run("none");
        Path target = folder.resolve("x");
        for (String words : List.of("export none", "sample none --count 3")) {
            Said said = said((words + " --out " + target).split(" "));
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.err()).contains("with keep: none a run has no samples and no models");
        }
        Files.delete(folder.resolve("runs/all/seed-0/generation-002/samples-00000.npz"));
        refused("the run kept it (keep: all), so it was deleted or moved since", "all:2");
    }

    @Test
    void aRunThatWasChangedIsRefused() throws IOException {
        Path list = run.resolve("seed-0/generation-002/training-set.json");
        Files.writeString(list, Files.readString(list).substring(0, 60));
        refused("training-set.json is corrupt", "all:2", "--set", "training");
        Files.writeString(run.resolve("experiment.yaml"), "name: other\ndataset: {kind: strokes, size: 32}\n");
        refused("is not what the run was begun with", "all:3", "--set", "training");
        refused("--all: generation 2 of", "all:2", "--all");
        refused("no run, here or in", "none");
        Files.writeString(run.resolve("seed-0/generation-003/samples-00000.npz"), "PK");
        refused("samples-00000.npz", "all:3");
    }

    private void refused(String message, String... words) {
        Path target = folder.resolve("refused");
        Said said = said(Stream.concat(
                        Stream.concat(Stream.of("export"), Arrays.stream(words)), Stream.of("--out", target.toString()))
                .toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
        assertThat(said.err()).contains(message);
        assertThat(target).doesNotExist();
    }
}
