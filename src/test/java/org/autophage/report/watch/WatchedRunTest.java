package org.autophage.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.autophage.base.FolderLock;
import org.autophage.report.records.RunFixture;
import org.autophage.run.RunFolder;
import org.autophage.run.RunProgress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedRunTest {
    @TempDir
    private Path folder;

    private RunFixture fixture;
    private RunFolder run;
    private WatchedRun watched;

    @BeforeEach
    void begin() throws IOException {
        fixture = new RunFixture(folder.resolve("run")).spec(1, 5).provenance().records(0, 2);
        run = new RunFolder(fixture.folder());
        watched = new WatchedRun("run", run, new WatchedFolder(folder.toRealPath()));
    }

    @Test
    void itRunsWhileAProcessHoldsIt() {
        try (FolderLock lock = run.lock()) {
            new RunProgress("seed 0: generation 3 of 5: training", 40, 100, "steps", "loss 0.1", 12.0)
                    .write(run.progress());
            RunSummary summary = watched.look();
            assertThat(summary.state()).isEqualTo(RunSummary.State.RUNNING);
            assertThat(summary.work()).isNotNull().extracting(RunProgress::done).isEqualTo(40L);
            assertThat(summary.endsAt()).isNotNull().isGreaterThan(System.currentTimeMillis());
        }
    }

    /** The lock's file stays; the process that it names is not there. */
    @Test
    void aKilledRunIsInterrupted() {
        RunFixture.write(fixture.folder().resolve("run.lock"), "process 99999999 on nowhere\n");
        assertThat(watched.look().state()).isEqualTo(RunSummary.State.INTERRUPTED);
    }

    @Test
    void onAnotherMachineItsProgressFileIsTheSignOfLife() throws IOException {
        RunFixture.write(fixture.folder().resolve("run.lock"), "process 1 on another-machine\n");
        new RunProgress("", 0, 0, "", "", null).write(run.progress());
        assertThat(watched.look().state()).isEqualTo(RunSummary.State.RUNNING);
        Files.setLastModifiedTime(run.progress(), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(watched.look().state()).isEqualTo(RunSummary.State.INTERRUPTED);
    }

    @Test
    void outcomesAreThoseOfTheLastSession() throws IOException {
        Path provenance = fixture.folder().resolve("provenance.json");
        String text = Files.readString(provenance);
        Files.writeString(
                provenance,
                text.replace(
                        "\"ended\":null,\"outcome\":null",
                        "\"ended\":\"2026-11-20T12:00:00Z\",\"outcome\":\"diverged\""));
        RunSummary failed = watched.look();
        assertThat(failed.state()).isEqualTo(RunSummary.State.FAILED);
        assertThat(failed.outcome()).isEqualTo("diverged");
        fixture.records(0, 5);
        assertThat(watched.look().state()).isEqualTo(RunSummary.State.FINISHED);
    }

    @Test
    void aRunThatWasBegunAnewIsReadFromItsStart() throws IOException {
        fixture.records(0, 4);
        assertThat(watched.look().seeds().get(0).generation()).isEqualTo(4);
        fixture.pace(3).records(0, 1);
        assertThat(watched.look().seeds().get(0).generation()).isEqualTo(1);
        // a longer one, which does not begin as the one before it
        fixture.pace(2).records(0, 5);
        assertThat(watched.look().seeds().get(0).generation()).isEqualTo(5);
    }

    @Test
    void nothingNewIsTheSameSummary() {
        assertThat(watched.look()).isEqualTo(watched.look());
    }

    @Test
    void aGpuReadsAsALine() {
        assertThat(MachineLine.gpu("0, NVIDIA H100 80GB HBM3, 97, 12390, 81559"))
                .isEqualTo("GPU 0 NVIDIA H100 80GB HBM3: 97%, 12.1 of 79.6 GiB");
    }
}
