package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinksSpecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5000",
                "ftp://host",
                "http://",
                "http://host?x=1",
                "not an address",
                "",
                "databricks",
                "databricks://profile",
                "s3://bucket",
                "http://host:99999",
                "mlruns"
            })
    void whatIsNoServerIsRefused(String address) {
        assertThatThrownBy(() -> SinksSpec.of(Map.of("mlflow", address)))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("sinks.mlflow is \"" + address
                        + "\": must be the http or https address of a server, such as http://127.0.0.1:5000; for a store of files or a database,"
                        + " start `mlflow server --backend-store-uri STORE` and give its address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///data/mlruns",
                "file:mlruns",
                "sqlite:///mlflow.db",
                "postgresql+psycopg2://host/db",
                "./mlruns",
                "/data/mlruns",
                "C:\\\\mlruns"
            })
    void storesAreRefusedWithTheWayToServeThem(String store) {
        assertThatThrownBy(() -> SinksSpec.of(Map.of("mlflow", store)))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageEndingWith("start `mlflow server --backend-store-uri " + store + "` and give its address");
    }

    @Test
    void passwordsOfStoresAreNotRepeated() {
        assertThatThrownBy(() -> SinksSpec.of(Map.of("mlflow", "mysql://me:secret@host/db")))
                .hasMessageContaining("mysql://…@host/db", null)
                .hasMessageNotContaining("secret");
    }

    /** experiment.yaml would hold it for all to read. */
    @Test
    void passwordsDoNotBelongInSpecs() {
        assertThatThrownBy(() -> SinksSpec.of(Map.of("mlflow", "https://me:secret@host")))
                .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
                .hasMessageNotContaining("secret");
    }

    @Test
    void addressesOfServersAreTaken() {
        assertThat(SinksSpec.of(Map.of("tensorboard", true, "mlflow", "https://mlflow.example/prefix/"))
                        .areAny())
                .isTrue();
        assertThat(SinksSpec.DEFAULTS.areAny()).isFalse();
    }
}
