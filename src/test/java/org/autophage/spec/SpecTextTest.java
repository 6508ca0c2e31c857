package org.autophage.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.experiment.ExperimentSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no spec, or one in another encoding. */
class SpecTextTest {
    @TempDir
    private Path folder;

    private ExperimentSpec read(byte[] bytes) throws IOException {
        return ExperimentSpec.read(Files.write(folder.resolve("spec.yaml"), bytes), List.of());
    }

    private void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith(folder.resolve("spec.yaml").toString())
                .hasMessageContaining(message);
    }

    private void refused(String text, String message) {
        refused(text.getBytes(StandardCharsets.UTF_8), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void aByteOrderMarkSaysTheEncoding(String charset) throws IOException {
        ExperimentSpec spec = read("\uFEFFname: marked\n# für später\n".getBytes(Charset.forName(charset)));
        assertThat(spec.name()).isEqualTo("marked");
    }

    @Test
    void anotherEncodingIsNamedWithItsLine() {
        refused("name: a\n# f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1), ", line 2: is no text in UTF-8");
        refused("name: a\n".getBytes(StandardCharsets.UTF_16LE), ", line 1: has a byte 0");
        refused(new byte[] {(byte) 0xFF, (byte) 0xFE, 0x00, (byte) 0xD8}, "is no text in UTF-16LE");
        refused("name: a\nkeep: \0all", ", line 2: has a byte 0");
    }

    @Test
    void whatHoldsNoMapping() {
        refused("", "must be a mapping");
        refused("# a comment\n", "must be a mapping");
        refused("- a\n- b\n", "must be a mapping");
        refused("name: a\n---\nname: b\n", "line 2");
        refused("loop:\n\tgenerations: 3\n", "line 2");
        assertThatThrownBy(() -> ExperimentSpec.read(folder, List.of())).hasMessageContaining("is a folder");
    }

    @Test
    @Timeout(10)
    void whatIsTooLargeOrTooDeep() {
        refused("# " + "a".repeat(10_000_000), "has more than 1 MiB");
        for (String open : List.of("[", "{a: ", "- ", "? ", "[[],")) {
            refused(
                    "name: " + (open.length() == 2 ? "\n" : "") + open.repeat(200_000),
                    "more than 32 lists and mappings");
        }
    }

    @Test
    @Timeout(10)
    void aliasesThatMakeLargeTrees() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%1$d: &a%1$d [".formatted(i));
            bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("x]\n");
        }
        refused(bomb.toString(), "");
        refused("seeds: &a [*a]", "lists and mappings in one another");
        refused("loop: &a {loop: *a}", "lists and mappings in one another");
        refused("&a a: {*a : 1}", "unknown key a");
    }
}
