package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.autophage.metrics.features.ScriptFeatures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A TorchScript file of features is a program: every command that would run it is told to first. */
class TrustedFeaturesTest {
    @TempDir
    private Path folder;

    private Path network = Path.of("");
    private Path spec = Path.of("");

    @BeforeEach
    void write() throws IOException {
        network = folder.resolve("flagged.pt");
        try (InputStream in = Objects.requireNonNull(ScriptFeatures.class.getResourceAsStream("flagged.pt"))) {
            Files.copy(in, network);
        }
        spec = Files.writeString(
                folder.resolve("tiny.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 1, initial: 20, real: 20, synthetic: 30}
                metrics: {features: %s}
                """
                        .formatted(network));
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "run"})
    void aSpecsProgramNeedsTrust(String command) {
        String[] runs = command.equals("run")
                ? new String[] {"--runs", folder.resolve("runs").toString()}
                : new String[0];
        refused(command(command, spec.toString(), runs));
        assertThat(folder.resolve("runs")).doesNotExist();
        String[] trusted = Stream.concat(Stream.of(runs), Stream.of("--trust")).toArray(String[]::new);
        CommandRun run = command(command, spec.toString(), trusted);
        assertThat(run.err()).isIn("", "valid" + System.lineSeparator());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void resumeAndBenchmarkNeedTrustAgain() {
        String runs = folder.resolve("runs").toString();
        assertThat(command("run", spec.toString(), "--runs", runs, "--trust").exitCode())
                .isZero();
        String run = folder.resolve("runs/tiny").toString();
        refused(command("resume", run, "loop.generations=2"));
        assertThat(command("resume", run, "loop.generations=2", "--trust").exitCode())
                .isZero();
        refused(command("benchmark", spec.toString(), "--of", "sampling", "--samples", "1"));
    }

    /** The cells are processes of their own, each of which would refuse by itself. */
    @Test
    void aSweepsProcessesInheritTheDecision() {
        String runs = folder.resolve("runs").toString();
        String[] sweep = {"name=map", "sweep.loop.synthetic=[10]", "--runs", runs};
        refused(command("sweep", spec.toString(), sweep));
        assertThat(folder.resolve("runs")).doesNotExist();
        CommandRun trusted = command(
                "sweep",
                spec.toString(),
                Stream.concat(Stream.of(sweep), Stream.of("--trust")).toArray(String[]::new));
        assertThat(trusted.exitCode()).as(trusted.out()).isZero();
        assertThat(trusted.out()).contains("loop.synthetic=10  done");
        Path log = folder.resolve("runs/map/loop.synthetic=10/sweep.log");
        assertThat(log).content().contains("--trust", "exit code 0");
    }

    @Test
    void evaluateNeedsTrust() {
        String[] sets = {"--real", "strokes", "--fake", "strokes", "--features", network + " size=16"};
        refused(CommandRun.of(
                Stream.concat(Stream.of("evaluate"), Stream.of(sets)).toArray(String[]::new)));
        assertThat(CommandRun.of("evaluate", "--help").out()).contains("a program that needs --trust");
    }

    private static CommandRun command(String name, String place, String... more) {
        return CommandRun.of(
                Stream.concat(Stream.of(name, place), Stream.of(more)).toArray(String[]::new));
    }

    private void refused(CommandRun run) {
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains(
                        network + " is a program, which can do whatever you can: if you know whose it is, allow it with"
                                + " --trust, or for good with its SHA-256, ")
                .endsWith("autophage/trusted");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
