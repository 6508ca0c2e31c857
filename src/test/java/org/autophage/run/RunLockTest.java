package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.ProcessName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    Path folder;

    private static void isLocked(RunFolder run, long holder) {
        assertThatThrownBy(run::lock)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("is locked by process " + holder + " on ")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.FAILED);
    }

    @Test
    void whatTheFileSaysOfTheHolderIsReadBack() {
        RunFolder run = new RunFolder(folder);
        try (FolderLock lock = run.lock()) {
            assertThat(lock).isNotNull();
            assertThat(RunHolder.read(run)).contains(new RunHolder(ProcessName.ofThis()));
        }
    }

    @Test
    void oneProcessHoldsItOnce() {
        RunFolder run = new RunFolder(folder.resolve("new"));
        try (FolderLock lock = run.lock()) {
            assertThat(lock).isNotNull();
            isLocked(run, ProcessHandle.current().pid());
        }
        run.lock().close();
    }

    @Test
    void anotherProcessHoldsItUntilItIsKilled() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('!');
            isLocked(new RunFolder(folder), holder.pid());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        new RunFolder(folder).lock().close();
    }

    /** Takes the lock, says so, and keeps it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (FolderLock lock = new RunFolder(Path.of(arguments[0])).lock()) {
                System.out.println(lock == null ? "?" : "!");
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void aFileWhereTheRunShouldBeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "a file");
        assertThatThrownBy(() -> new RunFolder(file.resolve("run")).lock())
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("taken is a file where a folder is needed")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.FAILED);
    }

    @Test
    void aFolderThatWasDeletedIsNotMadeAgainWhileItIsHeld() {
        Path run = folder.resolve("run");
        Path file = run.resolve("seed-0/generation-1/record.json");
        try (FolderLock lock = new RunFolder(run).lock()) {
            assertThat(lock).isNotNull();
            AtomicFiles.writeText(file, "{}");
            AtomicFiles.delete(run);
            assertThatThrownBy(() -> AtomicFiles.writeText(file, "{}"))
                    .hasMessageContaining(run + " was deleted or moved while it was written to");
            assertThatThrownBy(() -> AtomicFiles.writeFolder(run.resolve("seed-1"), temporary -> {}))
                    .hasMessageContaining("was deleted or moved");
            assertThat(run).doesNotExist();
        }
        AtomicFiles.writeText(file, "{}");
        assertThat(file).exists();
    }

    @Test
    void whoTakesARunRemovesWhatAKilledProcessLeftHalfWritten() throws IOException {
        Path left = Files.writeString(folder.resolve("progress.json.999999999-3.partial"), "{");
        Files.setLastModifiedTime(left, FileTime.fromMillis(0));
        Path extractor = Files.createDirectories(folder.resolve("extractor.partial"));
        try (FolderLock lock = new RunFolder(folder).lock()) {
            assertThat(lock).isNotNull();
            assertThat(left).doesNotExist();
            assertThat(extractor).doesNotExist();
        }
    }
}
