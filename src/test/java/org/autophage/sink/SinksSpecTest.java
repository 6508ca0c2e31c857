package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinksSpecTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:5000", "ftp://host", "http://", "http://host?x=1", "not an address", ""})
    void whatIsNoServerIsRefused(String address) {
        assertThatThrownBy(() -> new SinksSpec(false, address))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("sinks.mlflow is \"" + address
                        + "\": must be the http or https address of a server, such as http://127.0.0.1:5000");
    }

    /** experiment.yaml would hold it for all to read. */
    @Test
    void passwordsDoNotBelongInSpecs() {
        assertThatThrownBy(() -> new SinksSpec(false, "https://me:secret@host"))
                .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
                .hasMessageNotContaining("secret");
    }

    @Test
    void addressesOfServersAreTaken() {
        assertThat(new SinksSpec(true, "https://mlflow.example/prefix/").areAny())
                .isTrue();
        assertThat(SinksSpec.DEFAULTS.areAny()).isFalse();
    }
}
