package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking again for a run that exists. */
class ContinuationTest {
    @TempDir
    private Path folder;

    private Path spec;
    private RunFolder run;

    @BeforeEach
    void finishARun() throws IOException {
        spec = Files.writeString(
                folder.resolve("done.yaml"),
                """
                dataset: {kind: strokes, size: 16, holdout: 50}
                loop: {kind: fully-synthetic, generations: 2, initial: 20, synthetic: 20}
                """);
        run = new RunFolder(folder.resolve("runs/done"));
        Files.createDirectories(run.root());
        Files.writeString(run.experiment(), ExperimentSpec.read(spec, List.of()).toYaml());
        for (int t = 1; t <= 2; t++) {
            run.seed(0)
                    .append(new GenerationRecord(
                            t,
                            0,
                            "fully-synthetic",
                            1.0,
                            new Composition(t == 1 ? 20 : 0, 0, t == 1 ? 0 : 20),
                            Measures.builder()
                                    .add(Basis.FEATURES, "lenet@0")
                                    .add(Basis.SAMPLES, 20)
                                    .add(Metrics.FRECHET_DISTANCE, 1.5 * t)
                                    .build(),
                            3,
                            2,
                            1));
        }
    }

    private CommandRun again(String... arguments) {
        String[] command = {
            "run", spec.toString(), "--runs", folder.resolve("runs").toString()
        };
        String[] all = new String[command.length + arguments.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(arguments, 0, all, command.length, arguments.length);
        return CommandRun.of(all);
    }

    @Test
    void aFinishedRunIsLeftAsItIs() throws IOException {
        String records = Files.readString(run.seed(0).generations());
        CommandRun command = again("--json");
        assertThat(command.err()).isEmpty();
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).isEqualTo(records);
        assertThat(run.seed(0).generations()).content().isEqualTo(records);
        assertThat(run.provenance()).doesNotExist();
    }

    /** Also where the file is another than at the start: generations measured by two networks cannot be compared. */
    @Test
    void aChangedNetworkOfFeaturesIsRefused() throws IOException {
        Path network = Files.write(folder.resolve("net.pt"), new byte[] {1, 2, 3});
        Files.writeString(spec, Files.readString(spec) + "metrics: {features: %s, samples: 20}%n".formatted(network));
        Files.writeString(run.experiment(), ExperimentSpec.read(spec, List.of()).toYaml());
        Files.createDirectories(run.extractor());
        Files.writeString(
                run.extractor().resolve("features.txt"), "net@0123456789ab, as they are, RGB 0 to 1%n".formatted());
        CommandRun command = again("--trust", "loop.generations=3");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().lines())
                .singleElement()
                .asString()
                .contains("net.pt has changed: its SHA-256 begins with 039058c6f2c0")
                .contains("features.txt with 0123456789ab");
        assertThat(run.seed(0).nextGeneration()).isEqualTo(3);
    }

    @Test
    void aFinishedRunPrintsItsTable() {
        CommandRun command = CommandRun.of("resume", run.root().toString());
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).contains("generation").contains("3");
    }

    @Test
    void deviceAndGenerationsMayChange() {
        assertThat(again("device=cpu", "loop.generations=1").exitCode()).isZero();
    }

    @Test
    void anyOtherDifferenceNamesTheKeyAndBothValues() throws IOException {
        Files.writeString(spec, Files.readString(spec).replace("holdout: 50", "holdout: 60"));
        CommandRun command = again();
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().lines())
                .singleElement()
                .asString()
                .contains(run.root().toString())
                .contains("dataset.holdout is 60, but the run there was begun with 50");
    }

    @Test
    void resumeRefusesWhatWouldBeAnotherExperiment() {
        CommandRun command = CommandRun.of("resume", run.root().toString(), "sampling.bias=0.5");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("sampling.bias is 0.5, but the run there was begun with 1.0");
    }
}
