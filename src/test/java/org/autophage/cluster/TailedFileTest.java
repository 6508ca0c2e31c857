package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailedFileTest {
    @TempDir
    private Path folder;

    private void append(String text) throws IOException {
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(file(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path file() {
        return folder.resolve("1_0.log");
    }

    @Test
    void linesAreGivenOnceAndWhole() throws IOException {
        TailedFile tail = new TailedFile(file(), false);
        assertThat(tail.newLines()).isEmpty();
        append("one\ntw");
        assertThat(tail.newLines()).containsExactly("one");
        assertThat(tail.newLines()).isEmpty();
        append("o\nthree\n");
        assertThat(tail.newLines()).containsExactly("two", "three");
    }

    @Test
    void aLetterThatIsHalfThereIsWaitedFor() throws IOException {
        byte[] line = "für\n".getBytes(StandardCharsets.UTF_8);
        TailedFile tail = new TailedFile(file(), false);
        append(new byte[] {line[0], line[1]});
        assertThat(tail.newLines()).isEmpty();
        append(new byte[] {line[2], line[3], line[4]});
        assertThat(tail.newLines()).containsExactly("für");
    }

    @Test
    void whatWasThereBeforeIsLeftOut() throws IOException {
        append("old\n");
        TailedFile tail = new TailedFile(file(), true);
        append("new\n");
        assertThat(tail.newLines()).containsExactly("new");
    }

    @Test
    void ofAFloodTheEndIsGiven() throws IOException {
        TailedFile tail = new TailedFile(file(), false);
        append("x\n".repeat(1 << 20) + "last\n");
        assertThat(tail.newLines()).hasSizeLessThan(1 << 16).endsWith("last");
        assertThat(tail.newLines()).isEmpty();
        assertThat(TailedFile.lastLine(file())).hasValue("last");
    }

    @Test
    void theLastLineIsNotABlankOne() throws IOException {
        assertThat(TailedFile.lastLine(file())).isEmpty();
        append("autophage: no space\n \n\n");
        assertThat(TailedFile.lastLine(file())).hasValue("autophage: no space");
    }
}
