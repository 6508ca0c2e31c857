package org.autophage.cli;

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
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Work;
import org.autophage.command.Scripts;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.SampleArchive;
import org.autophage.data.Tokens;
import org.autophage.data.picture.PictureFiles;
import org.autophage.export.ExportTarget;
import org.autophage.export.RunSampling;
import org.autophage.run.RunName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sample} and {@code export} on runs of each kind of samples, of which every file was written by the run itself. */
class SampleCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SYNTHETIC = 60;

    @TempDir
    private static Path runs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void run() throws IOException {
        run(
                "pictures",
                "{kind: strokes, size: 16, holdout: 100}",
                "{kind: vae, steps: 3, batch: 8, channels: 8}",
                "chunk: 7");
        run("points", "{kind: points, distribution: gaussian, dimensions: 2, replicas: 3}", "{kind: gaussian}", "");
        run("tokens", "{kind: grammar, holdout: 100}", "{kind: markov}", "");
        run(
                "unlabelled",
                "{kind: strokes, size: 16, holdout: 100}",
                "{kind: vae, steps: 2, batch: 8, channels: 8, conditional: false}",
                "");
    }

    private static void run(String name, String dataset, String model, String sampling) throws IOException {
        Path spec = Files.writeString(
                runs.resolve(name + ".yaml"),
                """
                device: cpu
                seeds: [2, 5]
                keep: %s
                dataset: %s
                model: %s
                sampling: {%s}
                loop: {kind: synthetic-augmentation, generations: 3, initial: 40, real: 20, synthetic: %d}
                metrics: {%ssamples: 50}
                """
                        .formatted(
                                name.equals("unlabelled") ? "last" : "all",
                                dataset,
                                model,
                                sampling,
                                SYNTHETIC,
                                dataset.contains("strokes") ? "features: pixels, " : ""));
        Said said = Said.by(LIMIT, List.of("run", spec.toString(), "--runs", runs.toString()));
        assertThat(said.exitCode()).as(said.err()).isZero();
    }

    private Said said(String... words) {
        List<String> all = Stream.concat(Arrays.stream(words), Stream.of("--runs", runs.toString()))
                .toList();
        return Said.by(LIMIT, all).followsTheRules(all.toString());
    }

    private Path sample(String run, String out, String... more) {
        Path target = folder.resolve(out);
        Said said = said(Stream.concat(Stream.of("sample", run, "--out", target.toString()), Arrays.stream(more))
                .toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out()).isEqualTo(target + "\n");
        return target;
    }

    private static Path own(String run, int seed, int generation) {
        return runs.resolve("%s/seed-%d/generation-%03d/samples-00000.npz".formatted(run, seed, generation));
    }

    private static Images images(Path file) {
        return SampleArchive.read(file).images().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pictures", "points", "tokens"})
    void withTheRunsOwnSeedAndBiasTheyAreTheRunsOwnSamples(String run) {
        String count = String.valueOf(SYNTHETIC);
        assertThat(sample(run, "last.npz", "--count", count)).hasSameBinaryContentAs(own(run, 2, 3));
        assertThat(sample(run + ":1", "first.npz", "--count", count)).hasSameBinaryContentAs(own(run, 2, 1));
        assertThat(sample(runs.resolve(run) + "/seed-5:2", "other.npz", "--count", count))
                .hasSameBinaryContentAs(own(run, 5, 2));
        // The random numbers of the run's other seed, through this one's model.
        assertThat(Files.exists(sample(run, "crossed.npz", "--count", count, "--seed", "5")))
                .isTrue();
        assertThat(folder.resolve("crossed.npz").toFile()).satisfies(crossed -> assertThat(
                        Arrays.equals(Files.readAllBytes(crossed.toPath()), Files.readAllBytes(own(run, 2, 3))))
                .isFalse());
    }

    @Test
    void moreBeginWithTheRunsOwnHoweverManyAndInAnyForm() {
        Images own = images(own("pictures", 2, 3));
        Images more = images(sample("pictures", "more.npz", "--count", "101"));
        assertThat(more.count()).isEqualTo(101);
        assertThat(more.slice(0, SYNTHETIC).pixels()).isEqualTo(own.pixels());
        assertThat(more.slice(0, SYNTHETIC).labels()).isEqualTo(own.labels());
        for (String form : List.of("set.zip", "folder")) {
            Images read = pictures(sample("pictures", form, "--count", "101"));
            assertThat(read.pixels()).isEqualTo(more.pixels());
            assertThat(read.labels()).isEqualTo(more.labels());
        }
        Images one = images(sample("pictures", "one.npz", "--count", "1"));
        assertThat(one.pixels()).isEqualTo(own.pixels(0));
    }

    private static Images pictures(Path place) {
        try (PictureFiles files = PictureFiles.open(place)) {
            return files.readAll(false, Progress.SILENT);
        }
    }

    /** N(0, λI) of codes, and N(μ, λΣ): less of it is nearer to the middle, at the same random numbers. */
    @Test
    void anotherBiasGivesOthers() {
        Points unbiased = points("points");
        Points biased = SampleArchive.read(sample("points", "b.npz", "--count", "60", "--bias", "0.25"))
                .points()
                .orElseThrow();
        double[] mean = new double[6];
        for (int i = 0; i < unbiased.values().length; i++) {
            // x = μ + √λ F z, so that twice x(λ = ¼) less x(1) is μ, whichever draw.
            mean[i / 120 * 2 + i % 2] = 2 * biased.values()[i] - unbiased.values()[i];
        }
        for (int i = 0; i < unbiased.values().length; i++) {
            assertThat(2 * biased.values()[i] - unbiased.values()[i])
                    .isCloseTo(mean[i / 120 * 2 + i % 2], within(1e-12));
        }
    }

    private Points points(String run) {
        return SampleArchive.read(own(run, 2, 3)).points().orElseThrow();
    }

    @Test
    void pointsAreATableAndTokensText() throws IOException {
        List<String> table = Files.readAllLines(sample("points", "p.csv", "--count", "60"));
        Points own = points("points");
        assertThat(table).hasSize(181).startsWith("replica,x0,x1");
        for (int row = 0; row < 180; row++) {
            String[] cells = table.get(row + 1).split(",");
            assertThat(Integer.parseInt(cells[0])).isEqualTo(row / 60);
            assertThat(Double.parseDouble(cells[1])).isEqualTo(own.values()[2 * row]);
            assertThat(Double.parseDouble(cells[2])).isEqualTo(own.values()[2 * row + 1]);
        }
        Tokens tokens = SampleArchive.read(own("tokens", 2, 3)).tokens().orElseThrow();
        assertThat(Files.readAllLines(sample("tokens", "t.txt", "--count", "60")))
                .containsExactlyElementsOf(
                        tokens.sequences(0).map(tokens.vocabulary()::text).toList());
    }

    @Test
    void classesCanBeAskedFor() {
        Images asked = images(sample("pictures", "a.npz", "--count", "30", "--labels", "3, 7,3"));
        assertThat(asked.labels()).startsWith(3, 7, 3, 3, 7, 3).doesNotContain(0, 1, 2, 4, 5, 6, 8, 9);
        assertThat(asked.classes()).isEqualTo(10);
        Images usual = images(own("pictures", 2, 3));
        // Image 3 is asked to be of class 3 either way, and its random numbers are the same.
        assertThat(asked.pixels(3)).isEqualTo(usual.pixels(3));
        assertThat(images(sample("pictures", "b.npz", "--count", "30", "--labels", "balanced"))
                        .pixels())
                .isEqualTo(usual.slice(0, 30).pixels());
    }

    @Test
    void aModelThatIsToldNoLabelsGivesNone() throws IOException {
        Path set = sample("unlabelled", "set.zip", "--count", "5");
        assertThat(pictures(set).classes()).isEqualTo(1);
        refused("this run's model is told no labels", "sample", "unlabelled", "--count", "3", "--labels", "3");
        refused(
                "generation-002 has no model: with keep: last a run has the models of its first and its last generation only",
                "sample",
                "unlabelled:2",
                "--count",
                "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--count 0 | --count is 0: must be from 1 to 100000000",
                "--count 1e12 | --count is 1000000000000",
                "--count 3 --bias 0 | --bias is 0.0: must be in (0, 1]",
                "--count 3 --bias NaN | --bias is NaN",
                "--count 3 --seed -1 | --seed is -1: must be at least 0",
                "--count 3 --labels 10 | --labels has 10: must be balanced, as-data, or classes",
                "--count 3 --labels 3, | --labels has an empty name",
                "--count 3 --as csv | --out is",
                "--count 3 --as npz | npz is written into a file whose name ends in .npz",
                "--count 100000000 --device gpu:77 | ",
            })
    void whatCannotBeIsOneLineAndLeavesNothing(String words, String message) throws IOException {
        refused(
                message == null ? "" : message,
                Stream.concat(Stream.of("sample", "pictures"), Arrays.stream(words.split(" ")))
                        .toArray(String[]::new));
    }

    private void refused(String message, String... words) throws IOException {
        Path target = folder.resolve("refused");
        Said said = said(Stream.concat(Arrays.stream(words), Stream.of("--out", target.toString()))
                .toArray(String[]::new));
        assertThat(said.exitCode()).as(said.err()).isIn(2, 3);
        assertThat(said.err()).contains(message);
        assertThat(target).doesNotExist();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("refused"));
        }
    }

    /** Its files are its own, and it runs only with the option that a run needs. */
    @Test
    void aProgramOfOnesOwnIsAskedAgain() throws IOException {
        Path script = Scripts.byHeart(folder);
        Path spec = Files.writeString(
                folder.resolve("own.yaml"),
                """
                device: cpu
                dataset: {kind: points}
                model: {kind: command, program: [%s]}
                sampling: {chunk: 40}
                loop: {kind: fully-synthetic, generations: 2, initial: 40, synthetic: 40}
                metrics: {samples: 40, neighbours: 3}
                """
                        .formatted(script));
        String own = folder.resolve("runs").toString();
        Said said = Said.by(LIMIT, List.of("run", spec.toString(), "--runs", own, "--trust"));
        assertThat(said.exitCode()).as(said.err()).isZero();
        Path target = folder.resolve("own.npz");
        List<String> words = List.of("sample", "own", "--count", "40", "--out", target.toString(), "--runs", own);
        assertThat(Said.by(LIMIT, words).err()).contains("--trust");
        assertThat(target).doesNotExist();
        said = Said.by(
                LIMIT, Stream.concat(words.stream(), Stream.of("--trust")).toList());
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(target).hasSameBinaryContentAs(folder.resolve("runs/own/seed-0/generation-002/samples-00000.npz"));
    }

    /** At whichever moment: while it draws, while it encodes, while it writes. */
    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.npz", "x"})
    void whatIsInterruptedLeavesNothing(String out) throws IOException {
        RunSampling sampling =
                new RunSampling(RunName.existing("pictures", runs).one(), 300, null, null, null, "cpu");
        int most = 1;
        for (boolean done = false; !done; most *= 2) {
            AtomicInteger left = new AtomicInteger(most);
            Work work = new Work(Progress.SILENT, CheckpointStore.NONE, () -> left.decrementAndGet() < 0);
            Path target = folder.resolve(out);
            try {
                sampling.write(ExportTarget.of(target, null), work);
                done = true;
            } catch (AutophageException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
                assertThat(folder).isEmptyDirectory();
            }
        }
        assertThat(most).isGreaterThan(64);
        assertThat(folder.resolve(out)).exists();
    }

    @Test
    void nothingThatIsThereIsReplaced() throws IOException {
        Path there = Files.writeString(folder.resolve("there.zip"), "mine");
        Said said = said("sample", "pictures", "--count", "3", "--out", there.toString());
        assertThat(said.err()).contains("there.zip, which is there already");
        assertThat(there).hasContent("mine");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(said("sample", "pictures", "--count", "3", "--out", empty.toString())
                        .exitCode())
                .isZero();
        said = said("export", "pictures", "--out", empty.toString());
        assertThat(said.err()).contains("empty, which is there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.zip", "x.npz", "x"})
    void whatAppearsWhileItIsDrawnIsNotReplaced(String out) throws IOException {
        RunSampling sampling =
                new RunSampling(RunName.existing("pictures", runs).one(), 20, null, null, null, "cpu");
        Path target = folder.resolve(out);
        ExportTarget free = ExportTarget.of(target, null);
        ExportTarget other = ExportTarget.of(target, null);
        Work work = new Work(Progress.SILENT, CheckpointStore.NONE, () -> false);
        sampling.write(other, work);
        long bytes = Files.size(target);
        assertThatThrownBy(() -> sampling.write(free, work)).hasMessageContaining("it stays as it is");
        assertThat(Files.size(target)).isEqualTo(bytes);
        assertThat(folder.toFile().list()).containsExactly(out);
    }

    @Test
    void aKindThatHasNoSuchFormIsOneLine() {
        Said said = said(
                "sample", "points", "--count", "3", "--out", folder.resolve("x").toString());
        assertThat(said.err()).contains("png is no form of points: must be npz, a file .npz; csv, a file .csv");
        said = said("export", "pictures", "--out", folder.resolve("x.csv").toString());
        assertThat(said.err()).contains("csv is no form of images: must be png, a folder");
    }
}
