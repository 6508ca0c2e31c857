package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void filesAreReplacedWholeOrNotAtAll() {
        Path file = folder.resolve("a/b/file.txt");
        AtomicFiles.writeText(file, "old");
        AtomicFiles.writeText(file, "new");
        assertThat(file).hasContent("new");
        assertThatThrownBy(() -> AtomicFiles.write(file, temporary -> {
                    Files.write(temporary, new byte[1 << 20]);
                    throw new IOException("the disk went away");
                }))
                .hasMessage("cannot write " + file + ": the disk went away");
        assertThat(file).hasContent("new");
        assertThat(folder.resolve("a/b").toFile().list()).containsExactly("file.txt");
    }

    @Test
    void foldersAreReplacedWholeOrNotAtAll() throws IOException {
        Path target = folder.resolve("deep/generation-001");
        AtomicFiles.writeFolder(target, path -> Files.writeString(path.resolve("old"), "old"));
        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, path -> {
                    Files.writeString(path.resolve("new"), "ne");
                    throw new IllegalStateException("half-way");
                }))
                .hasMessage("half-way");
        assertThat(target.toFile().list()).containsExactly("old");
        AtomicFiles.writeFolder(target, path -> Files.writeString(path.resolve("new"), "new"));
        assertThat(target.toFile().list()).containsExactly("new");
        assertThat(folder.resolve("deep").toFile().list()).containsExactly("generation-001");
    }

    @Test
    void filesCanLieBehindALinkToAFolder() throws IOException {
        Files.createDirectory(folder.resolve("big-disk"));
        Path link = Files.createSymbolicLink(folder.resolve("runs"), folder.resolve("big-disk"));
        AtomicFiles.writeText(link.resolve("file"), "text");
        assertThat(folder.resolve("big-disk/file")).hasContent("text");
    }

    @Test
    void aFullDiskIsSaidToBeFullAndNothingIsLeft() {
        Path alwaysFull = Path.of("/dev/full");
        assumeThat(alwaysFull).as("a device that is always full").exists();
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("file"), temporary -> {
                    Files.writeString(temporary, "half");
                    Files.writeString(alwaysFull, "the other half");
                }))
                .isInstanceOf(AutophageException.class)
                .hasMessage("cannot write " + folder.resolve("file")
                        + ": the disk is full; free some space, then run the same command again")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.FAILED);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusalsSayWhy() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "a file");
        assertThatThrownBy(() -> AtomicFiles.writeText(file.resolve("a/b"), "text"))
                .hasMessage(
                        "cannot write " + file.resolve("a/b") + ": " + file + " is a file where a folder is needed");
        assertThat(DiskErrors.cannotWrite(folder, new AccessDeniedException("x")))
                .hasMessage("cannot write " + folder + ": permission denied");
        assertThat(DiskErrors.cannotRead(folder.resolve("none"), new NoSuchFileException("x")))
                .hasMessageEndingWith("there is no such file")
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE);
        assertThat(DiskErrors.isFull(new IOException("No space left on device")))
                .isTrue();
        assertThat(DiskErrors.isFull(new IOException("Disk quota exceeded"))).isTrue();
        assertThat(DiskErrors.isFull(new IOException("Broken pipe"))).isFalse();
    }

    @Test
    void onlyWhatNobodyWritesAnyMoreIsAbandoned() throws IOException {
        long own = ProcessHandle.current().pid();
        FileTime longAgo = FileTime.fromMillis(0);
        Path ofTheDead = Files.writeString(folder.resolve("a.json.999999999-1.partial"), "");
        Path ofTheSameNumber = Files.writeString(folder.resolve("a.json." + own + "-1.partial"), "");
        Path written = Files.writeString(folder.resolve("a.json." + own + "-2.partial"), "");
        Path ofTheLiving = Files.writeString(folder.resolve("a.json.1-1.partial"), "");
        Path somebodysOwn = Files.writeString(folder.resolve("film.partial"), "");
        for (Path old : List.of(ofTheDead, ofTheSameNumber, ofTheLiving, somebodysOwn)) {
            Files.setLastModifiedTime(old, longAgo);
        }
        assumeThat(ProcessHandle.of(1)).isPresent();
        AtomicFiles.deleteAbandoned(folder);
        assertThat(List.of(written, ofTheLiving, somebodysOwn))
                .allSatisfy(path -> assertThat(path).exists());
        assertThat(List.of(ofTheDead, ofTheSameNumber))
                .allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void whatOthersPutThereMeanwhileStays() throws IOException {
        Path file = folder.resolve("a.zip");
        assertThatThrownBy(() -> AtomicFiles.writeNew(file, temporary -> {
                    Files.writeString(temporary, "drawn for hours");
                    AtomicFiles.writeNew(file, other -> Files.writeString(other, "theirs"));
                }))
                .isInstanceOf(AutophageException.class)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE)
                .hasMessageStartingWith(file + " was made by somebody else")
                .hasMessageNotContaining("\n");
        assertThat(file).hasContent("theirs");
        Path set = folder.resolve("set");
        assertThatThrownBy(() -> AtomicFiles.writeNewFolder(set, temporary -> {
                    Files.writeString(temporary.resolve("mine"), "drawn for hours");
                    AtomicFiles.writeNewFolder(set, other -> {
                        Files.writeString(other.resolve("theirs"), "");
                        assertThat(temporary.resolve("mine")).exists();
                    });
                }))
                .hasMessageStartingWith(set + " was made by somebody else");
        assertThat(set.toFile().list()).containsExactly("theirs");
        Path name = folder.resolve("name");
        assertThatThrownBy(() -> AtomicFiles.writeNewFolder(name, temporary -> Files.writeString(name, "a file")))
                .hasMessageStartingWith(name + " was made by somebody else");
        assertThat(name).hasContent("a file");
        assertThatThrownBy(() -> AtomicFiles.writeNew(folder.resolve("b.zip"), temporary -> {
                    Files.writeString(temporary, "");
                    Files.createDirectory(folder.resolve("b.zip"));
                }))
                .hasMessageContaining("was made by somebody else");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.zip", "set", "name", "b.zip");
    }

    @Test
    void anEmptyFolderIsNothingAndALinkToOneIsFollowed() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("disk/empty"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), empty);
        AtomicFiles.writeNewFolder(link, path -> Files.writeString(path.resolve("a"), "a"));
        assertThat(link).isSymbolicLink();
        assertThat(empty.resolve("a")).hasContent("a");
        assertThat(folder.resolve("disk").toFile().list()).containsExactly("empty");
        Path plain = Files.createDirectory(folder.resolve("plain"));
        AtomicFiles.writeNewFolder(plain, path -> Files.writeString(path.resolve("a"), "a"));
        assertThat(plain.resolve("a")).hasContent("a");
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("none"));
        assertThatThrownBy(() -> AtomicFiles.writeNewFolder(nowhere, path -> {}))
                .isInstanceOf(AutophageException.class);
    }

    @Test
    void foldersOfKilledWritersAreAbandonedAndThoseOfWorkingOnesNot() throws IOException {
        FileTime longAgo = FileTime.fromMillis(0);
        Path ofTheDead = Files.createDirectories(folder.resolve("set.999999999-1.partial/seed-0"));
        Path elsewhere = Files.createDirectories(folder.resolve("set.999999999-2.partial/seed-0"));
        Path old = Files.writeString(ofTheDead.resolve("old"), "");
        Files.writeString(elsewhere.resolve("new"), "");
        for (Path path : List.of(old, ofTheDead, elsewhere, ofTheDead.getParent(), elsewhere.getParent())) {
            Files.setLastModifiedTime(path, longAgo);
        }
        AtomicFiles.deleteAbandoned(folder);
        assertThat(folder.toFile().list()).containsExactly("set.999999999-2.partial");
        assertThat(elsewhere.resolve("new")).exists();
    }
}
