package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a whole: exit codes, and what goes to which stream. */
class MainTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG-u-nu-arab", "bn-BD", "tr-TR"})
    void otherPlacesDigitsAndLettersReachNothing(String place) throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(place));
            CommandRun run = CommandRun.of(
                    "run",
                    "experiments/gaussian-replace.yaml",
                    "loop.generations=2",
                    "dataset.replicas=2",
                    "--runs",
                    folder.resolve("runs").toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void helpNamesEveryCommand() {
        CommandRun help = CommandRun.of("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("version").contains("Exit codes");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void wrongUsageIsTwoLinesAndExitsTwo() {
        CommandRun wrong = CommandRun.of("--frobnicate");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err().lines())
                .containsExactly("autophage: Unknown option: '--frobnicate'", "Try 'autophage --help'.");
    }

    @Test
    void aMissingCommandExitsTwo() {
        CommandRun wrong = CommandRun.of();
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("autophage: a command is missing");
    }

    @Test
    void anUnknownCommandNamesTheNearest() {
        CommandRun wrong = CommandRun.of("versoin");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("Did you mean: autophage version");
    }
}
