package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.program.OnCpu;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks of real runs: Gaussians of ten points. */
class SinksTest extends OnCpu {
    @TempDir
    private Path folder;

    private CommandRun run(String... overrides) throws IOException {
        Path spec = Files.writeString(
                folder.resolve("tiny.yaml"),
                """
                device: cpu
                keep: none
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 2}
                model: {kind: gaussian}
                loop: {kind: fully-synthetic, generations: 3, initial: 10, synthetic: 10}
                """);
        String[] command = new String[overrides.length + 4];
        command[0] = "run";
        command[1] = spec.toString();
        command[2] = "--runs";
        command[3] = folder.resolve("runs").toString();
        System.arraycopy(overrides, 0, command, 4, overrides.length);
        return CommandRun.of(command);
    }

    /** Sinks are no part of a run's identity: they may be given, changed and left out, also afterwards. */
    @Test
    void theyMayChange() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("runs/tiny"));
        assertThat(run().exitCode()).isZero();
        assertThat(run.progress()).doesNotExist(); // gone with the process that wrote it
        Path events = run.seed(0).path().resolve("tensorboard");
        assertThat(events).doesNotExist();
        assertThat(run("sinks.tensorboard=true").exitCode()).isZero(); // nothing to run, and all to log
        assertThat(events).isDirectoryContaining("glob:**events.out.tfevents.*");
        assertThat(events.resolve("position.json")).content().contains("\"generation\":3");
        assertThat(run("sinks.tensorboard=true", "loop.generations=5").exitCode())
                .isZero();
        assertThat(events.resolve("position.json")).content().contains("\"generation\":5");
        assertThat(run("loop.generations=6").exitCode()).isZero();
        assertThat(events.resolve("position.json")).content().contains("\"generation\":5");
        assertThat(folder.resolve("runs")).isDirectoryNotContaining("glob:**sinks*");
    }

    @Test
    void aDeadServerFailsNoRun() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThat(run("sinks.mlflow=http://127.0.0.1:" + port).exitCode()).isZero();
        assertThat(new RunFolder(folder.resolve("runs/tiny")).seed(0).nextGeneration())
                .isEqualTo(4);
    }

    @Test
    void anAddressThatIsNoneIsRefused() throws IOException {
        CommandRun refused = run("sinks.mlflow=localhost");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("sinks.mlflow is \"localhost\"");
    }
}
