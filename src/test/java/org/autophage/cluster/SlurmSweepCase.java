package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Telling;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.RunObserver;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepObserver;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps of Gaussians that take no time, on a cluster where everything happens that was asked for. */
abstract class SlurmSweepCase {
    @TempDir
    Path directory;

    final List<String> said = new ArrayList<>();
    final FakeSlurm slurm = new FakeSlurm(this::runCell);
    SweepSpec sweep;
    SweepFolder folder;

    @BeforeEach
    void readSweep() throws IOException {
        Path file = Files.writeString(
                directory.resolve("map.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 2, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 3, initial: 20, real: 20, synthetic: 30}
                sweep: {loop.synthetic: [10, 30], sampling.bias: [0.7, 1.0]}
                """);
        sweep = SweepSpec.read(file, List.of());
        folder = new SweepFolder(directory.resolve("it's a 100% map"));
    }

    void runCell(int index) {
        SweepCell cell = sweep.cells().get(index);
        new ExperimentRunner("autophage run", Progress.SILENT, StopSignal.NEVER, RunObserver.NOBODY)
                .run(cell.spec(), folder.cell(cell.name()));
    }

    Optional<List<Result>> run(SlurmSettings settings, StopSignal stop) {
        Progress progress = Telling.to(said);
        Work work = new Work(progress, CheckpointStore.NONE, stop, Trust.ALL);
        return new SlurmSweep(sweep, folder, settings, work, SweepObserver.NOBODY, slurm, Duration.ofMillis(1)).run();
    }

    static SlurmSettings settings(OptionalInt jobs, boolean failFast, boolean detach) {
        return new SlurmSettings(List.of("autophage"), Optional.empty(), jobs, failFast, detach);
    }

    List<Result> run() {
        return run(settings(OptionalInt.empty(), false, false), StopSignal.NEVER)
                .orElseThrow();
    }

    void detach() {
        assertThat(run(settings(OptionalInt.empty(), false, true), StopSignal.NEVER))
                .isEmpty();
    }
}
