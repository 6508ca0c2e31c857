package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The command line as a whole: exit codes, and what goes to which stream. */
class MainTest {
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
