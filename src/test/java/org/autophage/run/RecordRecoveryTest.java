package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that generations.jsonl lost come back from the generations' folders; nothing is ever deleted for want of them. */
class RecordRecoveryTest {
    @TempDir
    Path folder;

    private SeedFolder seed;
    private String whole;

    @BeforeEach
    void finishThreeGenerations() throws IOException {
        seed = new RunFolder(folder).seed(5);
        for (int t = 1; t <= 3; t++) {
            GenerationRecord record = new GenerationRecord(
                            t,
                            5,
                            "mix",
                            1,
                            new Composition(0, 0, 9),
                            Measures.builder().add(Metrics.RECALL, 0.5 / t).build(),
                            1,
                            2,
                            3)
                    .of("abc");
            Files.createDirectories(seed.generation(t).path());
            Files.writeString(seed.generation(t).model(), "model");
            Files.writeString(seed.generation(t).record(), record.toJson() + "\n");
            seed.append(record);
        }
        whole = Files.readString(seed.generations());
    }

    private void hold(String text) throws IOException {
        Files.writeString(seed.generations(), text);
    }

    private void isRefused(String... parts) {
        assertThatThrownBy(() -> RecordRecovery.of(seed))
                .isInstanceOf(AutophageException.class)
                .hasMessageContainingAll(parts)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE);
    }

    @Test
    void whatIsWholeNeedsNothing() {
        RecordRecovery recovery = RecordRecovery.of(seed);
        assertThat(recovery.isNeeded()).isFalse();
        recovery.apply();
        assertThat(seed.generations()).hasContent(whole);
    }

    /** Emptied, or cut anywhere. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.334, 0.5, 0.7, 0.9, 0.99})
    void aFileThatWasCutIsWrittenAgain(double part) throws IOException {
        hold(whole.substring(0, (int) (part * whole.length())));
        RecordRecovery recovery = RecordRecovery.of(seed);
        assertThat(recovery.isNeeded()).isTrue();
        assertThat(recovery.inSentence())
                .contains("generations.jsonl lacked the record")
                .contains("written there again");
        recovery.apply();
        assertThat(seed.generations()).hasContent(whole);
        assertThat(seed.generation(3).model()).exists();
    }

    @Test
    void aFileThatIsGoneIsWrittenAgain() throws IOException {
        Files.delete(seed.generations());
        RecordRecovery.of(seed).apply();
        assertThat(seed.generations()).hasContent(whole);
    }

    @Test
    void aLastLineWithoutItsEndIsWhole() throws IOException {
        hold(whole.stripTrailing());
        assertThat(RecordRecovery.of(seed).isNeeded()).isFalse();
        assertThat(seed.records()).hasSize(3);
    }

    @Test
    void aTornLineOfAnotherRecordIsRefused() throws IOException {
        hold(whole.substring(0, whole.indexOf('\n') + 1) + "{\"generation\":9,");
        isRefused("line 2 is corrupt: it is neither whole nor the beginning of", "record.json");
        assertThat(seed.generation(2).model()).exists();
    }

    /** Run folders of versions before 0.2 have no record.json. */
    @Test
    void aGenerationWhoseRecordIsNowhereIsRefusedAndStays() throws IOException {
        Files.delete(seed.generation(2).record());
        hold(whole.substring(0, whole.indexOf('\n') + 1));
        isRefused(
                "generation-002 is finished, but",
                "has no record of it",
                "move generation-002 and what follows it away");
        assertThat(seed.generation(2).model()).exists();
        assertThat(seed.generation(3).model()).exists();
    }

    @Test
    void aMissingFolderBeforeOthersIsRefused() throws IOException {
        hold("");
        Files.move(seed.generation(1).path(), folder.resolve("elsewhere"));
        isRefused("generation-002 is there, but neither a record nor a folder of generation 1");
    }

    @Test
    void aTornLineWithoutAFolderSaysWhatToDo() throws IOException {
        Files.move(seed.generation(3).path(), folder.resolve("elsewhere"));
        hold(whole.substring(0, whole.length() - 20));
        isRefused("line 3 is torn", "delete that line, and resume runs generation 3 again");
    }

    @Test
    void aChangedRecordInTheFolderIsRefused() throws IOException {
        hold("");
        Files.writeString(
                seed.generation(1).record(),
                whole.lines().findFirst().orElseThrow().replace("0.5", "0.6"));
        isRefused("record.json is corrupt: its checksum is");
    }

    @Test
    void anotherSeedsRecordIsRefused() throws IOException {
        SeedFolder copy = new RunFolder(folder).seed(6);
        Files.createDirectories(copy.path());
        Files.copy(seed.generations(), copy.generations());
        seed = copy;
        isRefused("line 1 is generation 1 of seed 5: generation 1 of seed 6 belongs there");
    }
}
