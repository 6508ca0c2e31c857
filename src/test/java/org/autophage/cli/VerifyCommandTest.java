package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifyCommandTest {
    @Test
    void quickAndFullExcludeEachOther() {
        CommandRun command = CommandRun.of("verify", "--quick", "--full");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("--quick and --full are both given: choose one");
        assertThat(command.out()).isEmpty();
    }
}
