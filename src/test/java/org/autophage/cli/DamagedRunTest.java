package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.autophage.base.OddFiles;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run folder that is not what the run left is refused, or healed, with a word; nothing of it is deleted or run again. */
class DamagedRunTest {
    private static final String SPEC =
            """
            name: damaged
            device: cpu
            seeds: [0, 1]
            dataset: {kind: points, distribution: gaussian, dimensions: 2, replicas: 3}
            model: {kind: gaussian}
            loop: {kind: fully-synthetic, generations: 3, initial: 20, synthetic: 20}
            """;

    /** A finished run, of which each test damages a copy. */
    @TempDir
    private static Path original;

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeAll
    static void finishARun() throws IOException {
        Files.writeString(original.resolve("damaged.yaml"), SPEC);
        assertThat(again(original).exitCode()).isZero();
    }

    @BeforeEach
    void copyTheRun() throws IOException {
        copy(original, folder);
        run = new RunFolder(folder.resolve("runs/damaged"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> contents = Files.walk(from)) {
            for (Path path : contents.toList()) {
                Path copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    private CommandRun again(String... overrides) {
        return again(folder, overrides);
    }

    private static CommandRun again(Path folder, String... overrides) {
        String[] command = {
            "run",
            folder.resolve("damaged.yaml").toString(),
            "--runs",
            folder.resolve("runs").toString()
        };
        return CommandRun.of(
                Stream.concat(Stream.of(command), Stream.of(overrides)).toArray(String[]::new));
    }

    private CommandRun on(String command) {
        return CommandRun.of(command, run.root().toString());
    }

    private static void replace(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    /** Every file of the seeds with its content. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> contents = Files.walk(run.root())) {
            for (Path file : contents.filter(Files::isRegularFile).toList()) {
                String name = run.root().relativize(file).toString();
                if (name.startsWith("seed-")) {
                    files.put(name, org.autophage.base.Sha256.of(file));
                }
            }
        }
        return files;
    }

    /** A pipe must not be waited for, nor two gigabytes read. */
    @ParameterizedTest
    @ValueSource(strings = {"experiment.yaml", "provenance.json", "seed-1/generations.jsonl"})
    void whatIsNoFileIsRefusedAtOnce(String name) throws IOException {
        Path file = run.root().resolve(name);
        Files.move(file, folder.resolve("kept"));
        for (OddFiles odd : OddFiles.all()) {
            odd.putInPlaceOf(file);
            Path page = folder.resolve("page.html");
            for (CommandRun command : new CommandRun[] {
                on("resume"),
                again(),
                on("report"),
                CommandRun.of("compare", run.root().toString(), "--out", page.toString())
            }) {
                assertThat(command.exitCode()).isEqualTo(2);
                assertThat(command.err().lines())
                        .singleElement()
                        .asString()
                        .startsWith("autophage: ")
                        .contains(file.toString(), odd.reason);
            }
            org.autophage.base.AtomicFiles.delete(file);
        }
    }

    /** By everybody who reads run folders, in one line, with nothing changed. */
    private void isRefused(String... parts) throws IOException {
        Map<String, String> before = files();
        Path page = folder.resolve("page.html");
        CommandRun[] commands = {
            on("resume"),
            again(),
            on("report"),
            CommandRun.of("compare", run.root().toString(), "--out", page.toString())
        };
        for (CommandRun command : commands) {
            assertThat(command.exitCode()).isEqualTo(2);
            assertThat(command.err().lines()).singleElement().asString().contains(parts);
        }
        assertThat(files()).isEqualTo(before);
        assertThat(page).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 600, 1000})
    void recordsThatAreGoneComeBackAndNoGenerationIsRunAgain(int left) throws IOException {
        Map<String, String> before = files();
        String text = Files.readString(run.seed(0).generations());
        Files.writeString(run.seed(0).generations(), text.substring(0, Math.min(left, text.length() - 1)));
        assertThat(on("report").exitCode()).isEqualTo(2);
        assertThat(on("resume").exitCode()).isZero();
        assertThat(files()).isEqualTo(before);
        assertThat(on("report").exitCode()).isZero();
    }

    @Test
    void anEditedSpecIsRefusedWithTheKeysThatDiffer() throws IOException {
        replace(run.experiment(), "synthetic: 20", "synthetic: 30");
        isRefused("experiment.yaml is not what the run was begun with: loop.synthetic is 30, was 20");
    }

    @Test
    void aCutSpecIsRefusedWithTheKeysThatAreGone() throws IOException {
        String text = Files.readString(run.experiment());
        Files.writeString(run.experiment(), text.substring(0, text.indexOf("metrics:")));
        isRefused("experiment.yaml is not what the run was begun with", "metrics is absent");
    }

    @Test
    void seedsAndGenerationsAreChangedOnTheCommandLineOnly() throws IOException {
        replace(run.experiment(), "generations: 3", "generations: 2");
        isRefused("loop.generations is 2, was 3");
        replace(run.experiment(), "generations: 2", "generations: 3");
        assertThat(CommandRun.of("resume", run.root().toString(), "loop.generations=4", "seeds=[0, 1, 2]")
                        .exitCode())
                .isZero();
        assertThat(run.seed(0).records()).hasSize(4);
        assertThat(run.seed(2).records()).hasSize(4);
        assertThat(on("report").exitCode()).isZero();
    }

    @Test
    void commentsMayBeAdded() throws IOException {
        Files.writeString(run.experiment(), "# mine\n" + Files.readString(run.experiment()));
        assertThat(on("resume").exitCode()).isZero();
        assertThat(on("report").exitCode()).isZero();
    }

    @Test
    void anotherSpecDoesNotAdoptSeedsWithoutOne() throws IOException {
        String text = Files.readString(run.experiment());
        Files.delete(run.experiment());
        replace(folder.resolve("damaged.yaml"), "initial: 20", "initial: 25");
        CommandRun other = again();
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("loop.initial is 25, but the run there was begun with 20");
        assertThat(on("resume").exitCode()).isEqualTo(2);
        assertThat(run.experiment()).doesNotExist();

        replace(folder.resolve("damaged.yaml"), "initial: 25", "initial: 20");
        assertThat(again("loop.generations=4").exitCode()).isZero();
        assertThat(run.experiment()).hasContent(text.replace("generations: 3", "generations: 4"));

        Files.delete(run.experiment());
        Files.delete(run.provenance());
        CommandRun unknown = again();
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("has seeds of a run but no experiment.yaml");
    }

    @Test
    void aSeedCopiedUnderAnotherNumberIsNoSecondSeed() throws IOException {
        copy(run.seed(0).path(), run.root().resolve("seed-7"));
        assertThat(on("report").err()).contains("seed-7 is none of the run's seeds");
        assertThat(on("resume").err())
                .contains(
                        "seed-7/generations.jsonl, line 1 is generation 1 of seed 0: generation 1 of seed 7 belongs there");
        Files.delete(run.provenance()); // as if it were of a version that kept no spec there, and the seed written into
        // the spec
        replace(run.experiment(), "seeds: [0, 1]", "seeds: [0, 1, 7]");
        assertThat(on("report").err())
                .contains("line 1 is generation 1 of seed 0: generation 1 of seed 7 belongs there");
        for (int t = 1; t <= 3; t++) {
            Files.delete(run.seed(7).generation(t).record());
        }
        // Even with the seed rewritten and the checksum taken out, as no accident does it.
        String text = Files.readString(run.seed(7).generations());
        Files.writeString(
                run.seed(7).generations(),
                text.replace("\"seed\":0", "\"seed\":7").replaceAll(",\"checksum\":\"[^\"]*\"", ""));
        assertThat(on("report").err()).contains("has the very figures of").contains("a copy is no second seed");
    }

    @Test
    void aSeedThatTheSpecDoesNotHaveIsRefused() throws IOException {
        Files.createDirectories(run.root().resolve("seed-9"));
        isRefused("seed-9 is none of the run's seeds", "[0, 1]");
    }

    @Test
    void aChangedDigitIsRefused() throws IOException {
        replace(run.seed(1).generations(), "\"variance\":0.", "\"variance\":1.");
        isRefused("seed-1/generations.jsonl, line ", "is corrupt: its checksum is");
    }

    @Test
    void swappedLinesAreRefused() throws IOException {
        String[] lines = Files.readString(run.seed(0).generations()).split("\n");
        Files.writeString(run.seed(0).generations(), lines[1] + "\n" + lines[0] + "\n" + lines[2] + "\n");
        isRefused("line 1 is generation 2 of seed 0: generation 1 of seed 0 belongs there");
    }

    @Test
    void recordsOfAnotherExperimentAreRefused() throws IOException {
        assertThat(again("name=other", "sampling.bias=0.5").exitCode()).isZero();
        Path other = folder.resolve("runs/other/seed-0/generations.jsonl");
        Path mine = run.seed(0).generations();
        Files.writeString(mine, Files.readString(other));
        isRefused("line 1 is of another experiment");
    }
}
