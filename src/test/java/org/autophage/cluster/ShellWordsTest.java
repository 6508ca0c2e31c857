package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a b",
                "it's",
                "$HOME",
                "`id`",
                "a\"b",
                "back\\slash",
                "*",
                "",
                "-n",
                "~",
                "a\nb",
                "'",
                "!!",
                "für",
                "a;b&c|d"
            })
    void aShellGivesBackWhatWasQuoted(String word) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        Process shell = new ProcessBuilder("/bin/sh", "-c", "printf '%s|' " + ShellWords.quote(List.of("x", word, "y")))
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("x|" + word + "|y|");
    }
}
