package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class PlainFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsNoFileIsRefusedUnopened(OddFiles odd) throws IOException {
        Path file = folder.resolve("file");
        odd.putInPlaceOf(file);
        assertThat(PlainFiles.isThere(file)).isTrue();
        assertThatThrownBy(() -> PlainFiles.text(file))
                .isInstanceOfSatisfying(IOException.class, e -> assertThat(DiskErrors.cannotRead(file, e))
                        .hasMessageStartingWith("cannot read " + file + ": ")
                        .hasMessageContaining(odd.reason));
    }

    @Test
    void aFolderThatIsALinkToNothingIsNoMissingFile() throws IOException {
        Files.createSymbolicLink(folder.resolve("seed-0"), folder.resolve("unmounted"));
        assertThatThrownBy(() -> PlainFiles.text(folder.resolve("seed-0/generations.jsonl")))
                .hasMessageContaining("the link " + folder.resolve("seed-0") + " leads nowhere");
    }

    @Test
    void whatIsThereIsReadAndWhatIsNotIsEmpty() throws IOException {
        Files.writeString(folder.resolve("file"), "é\n");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
        assertThat(PlainFiles.text(folder.resolve("link"))).hasValue("é\n");
        assertThat(PlainFiles.text(folder.resolve("none"))).isEmpty();
        assertThat(PlainFiles.isThere(folder.resolve("none"))).isFalse();
    }

    @Test
    void whatMayNotBeReadIsSaidSo() {
        assertThat(DiskErrors.cannotRead(folder, new AccessDeniedException("x")))
                .hasMessage("cannot read " + folder + ": permission denied");
    }

    /** Whoever writes there is told what is in the way. */
    @Test
    void belowAFileThereIsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "text");
        assertThat(PlainFiles.attributes(file.resolve("seed-0").resolve("generations.jsonl")))
                .isEmpty();
        assertThat(PlainFiles.text(file.resolve("provenance.json"))).isEmpty();
    }
}
