package org.autophage.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.base.OddFiles;
import org.autophage.report.records.RunFixture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad run among others: it is unreadable, with the reason, and the others stay live. */
@Timeout(20)
class OddRunsTest {
    private static final List<String> NEEDED =
            List.of("experiment.yaml", "provenance.json", "seed-0/generations.jsonl", "seed-0/stopped.json");

    @TempDir
    private Path folder;

    private Path runs;
    private RunFixture bad;
    private RunFixture good;
    private RunCatalog catalog;

    @BeforeEach
    void begin() {
        runs = folder.resolve("runs");
        bad = new RunFixture(runs.resolve("bad")).spec(1, 5).provenance().records(0, 2);
        good = new RunFixture(runs.resolve("good")).spec(1, 5).provenance().records(0, 2);
        catalog = new RunCatalog(runs);
    }

    private List<RunSummary> look() {
        List<RunSummary> changed = new ArrayList<>();
        catalog.sweep(changes -> changed.addAll(changes.changed()));
        return changed;
    }

    private void isUnreadableBecause(String reason) {
        look();
        good.records(0, 3);
        look();
        RunSummary summary = catalog.summaries().get(0);
        assertThat(summary.state()).isEqualTo(RunSummary.State.UNREADABLE);
        assertThat(summary.outcome()).contains(reason).hasLineCount(1);
        assertThat(catalog.summaries().get(1).seeds().get(0).generation()).isEqualTo(3);
    }

    private static Stream<Arguments> oddFiles() {
        return NEEDED.stream().flatMap(file -> OddFiles.all().stream().map(odd -> Arguments.of(file, odd)));
    }

    @ParameterizedTest
    @MethodSource("oddFiles")
    void whatIsNoFileIsTheReason(String file, OddFiles odd) throws IOException {
        odd.putInPlaceOf(bad.folder().resolve(file));
        isUnreadableBecause("cannot read " + catalog.watched().root().resolve("bad/" + file) + ": ");
        assertThat(catalog.summaries().get(0).outcome()).contains(odd.reason);
    }

    /** What only helps is left out where it cannot be read. */
    @ParameterizedTest
    @MethodSource("oddHelpers")
    void otherFilesHoldUpNothing(String file, OddFiles odd) throws IOException {
        odd.putInPlaceOf(bad.folder().resolve(file));
        look();
        assertThat(catalog.summaries()).extracting(RunSummary::state).containsOnly(RunSummary.State.INTERRUPTED);
    }

    private static Stream<Arguments> oddHelpers() {
        return Stream.of("progress.json", "run.lock", "classes.json", "seed-0/generation-002/grid.png")
                .flatMap(file -> OddFiles.all().stream().map(odd -> Arguments.of(file, odd)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "1",
                "\"text\"",
                "{",
                "{\"sessions\":null}",
                "{\"sessions\":[null]}",
                "{\"sessions\":[{\"versions\":3}]}",
                "\0"
            })
    void provenanceThatIsNoneIsTheReason(String text) {
        RunFixture.write(bad.folder().resolve("provenance.json"), text);
        isUnreadableBecause("provenance.json is not the provenance of a run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "{\"generation\":2}", "3"})
    void aNoteThatIsNoneIsTheReason(String text) {
        RunFixture.write(bad.folder().resolve("seed-0/stopped.json"), text);
        isUnreadableBecause("stopped.json is not the note of a stopped loop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "{\"what\":null,\"done\":1}", "\0"})
    void progressThatIsNoneIsLeftOut(String text) {
        RunFixture.write(bad.folder().resolve("progress.json"), text);
        RunFixture.write(bad.folder().resolve("run.lock"), "process 1 on another-machine\n"); // so that it seems to run
        look();
        assertThat(catalog.summaries()).hasSize(2);
        assertThat(catalog.summaries().get(0).state()).isEqualTo(RunSummary.State.RUNNING);
    }

    @Test
    void aFileWithoutPermissionIsTheReasonUntilItHasOne() throws IOException {
        Path file = bad.folder().resolve("seed-0/generations.jsonl");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "this user may read everything: skipped");
        isUnreadableBecause("permission denied");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        look();
        assertThat(catalog.summaries().get(0).seeds().get(0).generation()).isEqualTo(2);
    }

    @Test
    void aRunThatIsPutRightIsLiveAgain() throws IOException {
        Path file = bad.folder().resolve("seed-0/generations.jsonl");
        String text = Files.readString(file);
        RunFixture.write(file, text.replace("\"seed\":0", "\"seed\":\"0\""));
        isUnreadableBecause("seed is \"0\"");
        RunFixture.write(file, text);
        look();
        assertThat(catalog.summaries().get(0).seeds().get(0).generation()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"experiment.yaml", "provenance.json", "seed-0/generations.jsonl", "seed-0"})
    void linksOutOfTheFolderAreNotFollowed(String name) throws IOException {
        Path outside = folder.resolve("outside");
        Path file = bad.folder().resolve(name);
        Files.move(file, outside);
        Files.createSymbolicLink(file, outside);
        isUnreadableBecause("its link leads out of the folder that is watched");
    }

    @Test
    void controlsOfNamesAndTextsAreShownAsEscapes() {
        new RunFixture(runs.resolve("\u001b[2J\u202eod"))
                .spec(1, 5)
                .features("a\u009b@1")
                .records(0, 2);
        look();
        RunSummary summary = catalog.summaries().get(0);
        assertThat(summary.id()).isEqualTo("\u001b[2J\u202eod");
        assertThat(summary.name()).isEqualTo("\\u001b[2J\\u202eod");
    }
}
