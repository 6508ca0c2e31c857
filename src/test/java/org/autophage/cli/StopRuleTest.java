package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.autophage.collapse.StopNote;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops of Gaussians of ten points each, whose variance halves in about six generations. */
class StopRuleTest {
    @TempDir
    private Path folder;

    private Path spec;
    private RunFolder run;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(
                folder.resolve("shrink.yaml"),
                """
                seeds: [0, 1]
                device: cpu
                keep: none
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 200}
                model: {kind: gaussian, covariance: biased}
                loop: {kind: fully-synthetic, generations: 30, initial: 10, synthetic: 10}
                """);
        run = new RunFolder(folder.resolve("runs/shrink"));
    }

    private CommandRun run(String... overrides) {
        String[] command = {
            "run", spec.toString(), "--runs", folder.resolve("runs").toString()
        };
        return CommandRun.of(Stream.of(command, overrides).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void aCollapsedLoopEndsAndSaysSo() throws IOException {
        CommandRun stopped = run("stop.when=collapsed", "stop.patience=3");
        assertThat(stopped.exitCode()).isZero();
        StopNote note = StopNote.read(run.seed(0).stopped()).orElseThrow();
        int last = run.seed(0).nextGeneration() - 1;
        assertThat(note.generation()).isEqualTo(last).isBetween(4, 20);
        assertThat(note.reason()).startsWith("d").contains(" is past ").endsWith("3 generations in a row");
        assertThat(StopNote.read(run.seed(1).stopped())).isPresent();
        assertThat(run.report())
                .content()
                .contains("Seed 0 was stopped after generation " + last)
                .doesNotContain("In progress");

        // again, and by resume: nothing is left to do
        String records = Files.readString(run.seed(0).generations());
        assertThat(run("stop.when=collapsed", "stop.patience=3").exitCode()).isZero();
        assertThat(CommandRun.of("resume", run.root().toString()).exitCode()).isZero();
        assertThat(run.seed(0).generations()).content().isEqualTo(records);

        // under another rule the loop goes on from where it stands
        assertThat(run("stop.when=never", "loop.generations=25").exitCode()).isZero();
        assertThat(run.seed(0).nextGeneration()).isEqualTo(26);
        assertThat(run.seed(0).stopped()).doesNotExist();
        assertThat(Files.readString(run.seed(0).generations())).startsWith(records.substring(0, records.indexOf('\n')));
    }

    /** Replicas are trained each by itself: one seed of them knows what noise is. */
    @Test
    void aWarningCanEndALoopToo() {
        assertThat(run("stop.when=warned", "stop.patience=1").exitCode()).isZero();
        for (int seed = 0; seed < 2; seed++) {
            StopNote note = StopNote.read(run.seed(seed).stopped()).orElseThrow();
            assertThat(note.reason()).contains("since generation").contains("by the spread of the replicas");
            assertThat(note.generation()).isBetween(2, 8);
        }
    }

    @Test
    void aRuleThatTheRecordsFulfilAlreadyEndsTheLoopAtOnce() {
        assertThat(run("loop.generations=25").exitCode()).isZero();
        assertThat(run("loop.generations=30", "stop.when=collapsed", "seeds=[0]")
                        .exitCode())
                .isZero();
        assertThat(run.seed(0).nextGeneration()).isEqualTo(26);
        assertThat(StopNote.read(run.seed(0).stopped()).orElseThrow().generation())
                .isEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stop.when=collapse | stop.when is \"collapse\": must be one of never, warned, collapsed",
                "stop.patience=0 | stop.patience is 0: must be at least 1",
                "stop.thresholds.diversity=2 | stop.thresholds.diversity is 2.0: must be in (0, 1)",
                "stop.thresholds.distance=1 | stop.thresholds.distance is 1.0: must be above 1",
                "stop.thresholds.modes=0 | stop.thresholds.modes is 0.0: must be above 0",
                "stop.patients=3 | unknown key stop.patients; the nearest key is stop.patience"
            })
    void whatCannotBeARuleIsRefused(String override, String message) {
        CommandRun refused = run(override);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err().lines()).singleElement().asString().contains(message);
        assertThat(run.root()).doesNotExist();
    }
}
