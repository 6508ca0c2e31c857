package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Trust;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that take over generation 1 against the same runs on their own. */
class FirstGenerationsTest {
    @TempDir
    private Path directory;

    private SweepFolder sweep;
    private List<SweepCell> cells;

    @BeforeEach
    void readSweep() throws IOException {
        Path file = Files.writeString(
                directory.resolve("arms.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: moons, holdout: 200}
                model: {kind: flow, couplings: 2, width: 8, steps: 30, batch: 50}
                loop: {generations: 2, initial: 100, synthetic: 100}
                metrics: {samples: 100}
                sweep: {loop.kind: [fully-synthetic, accumulate], sampling.bias: [0.5, 1.0]}
                """);
        cells = SweepSpec.read(file, List.of()).cells();
        sweep = new SweepFolder(directory.resolve("arms"));
    }

    private RunFolder run(SweepCell cell, boolean sharing) {
        RunFolder folder = sharing ? sweep.cell(cell.name()) : new RunFolder(directory.resolve(cell.name()));
        Optional<SharedByCells> shared =
                sharing ? Optional.of(new SharedByCells(sweep, cell.name())) : Optional.empty();
        new ExperimentRunner("test", Progress.SILENT, StopSignal.NEVER, Trust.ALL, RunObserver.NOBODY, shared)
                .run(cell.spec(), folder);
        return folder;
    }

    private List<Path> models() throws IOException {
        try (Stream<Path> folders = Files.list(sweep.firstGenerations())) {
            return folders.toList();
        }
    }

    private static List<String> withoutTimes(RunFolder run) throws IOException {
        return Files.readAllLines(run.seed(0).generations()).stream()
                .map(line -> line.replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}]*|,\"modelFrom\":\"[^\"]*\"", ""))
                .toList();
    }

    @Test
    void armsThatShareGenerationOneTrainItOnceAndHaveTheSameResults() throws IOException {
        for (SweepCell cell : cells) {
            RunFolder shared = run(cell, true);
            RunFolder alone = run(cell, false);
            assertThat(withoutTimes(shared)).isEqualTo(withoutTimes(alone));
            for (int t = 1; t <= 2; t++) {
                for (String file : List.of("weights.safetensors", "samples-00000.npz")) {
                    assertThat(shared.seed(0).generation(t).path().resolve(file))
                            .hasSameBinaryContentAs(
                                    alone.seed(0).generation(t).path().resolve(file));
                }
            }
            GenerationRecord first = shared.seed(0).records().get(0);
            if (cell.equals(cells.get(0))) {
                assertThat(first.measures().toMap()).doesNotContainKey("modelFrom");
                assertThat(first.seconds(Metrics.TRAIN_SECONDS)).isPositive();
            } else {
                assertThat(first.measures().toMap())
                        .containsEntry("modelFrom", cells.get(0).name());
                assertThat(first.seconds(Metrics.TRAIN_SECONDS)).isZero();
            }
            assertThat(shared.seed(0).records().get(1).seconds(Metrics.TRAIN_SECONDS))
                    .isPositive();
        }
        assertThat(models()).hasSize(1);
    }

    @Test
    void anotherModelOrSeedIsTrainedAnew() throws IOException {
        run(cells.get(0), true);
        run(new SweepCell("steps", cells.get(1).spec().with("model.steps", 31)), true);
        run(new SweepCell("seed", cells.get(1).spec().with("seeds", List.of(1))), true);
        run(new SweepCell("initial", cells.get(1).spec().with("loop.initial", 90)), true);
        assertThat(models()).hasSize(4);
    }

    @Test
    void aCellThatWasKilledAfterTrainingHasTrained() throws IOException {
        run(cells.get(0), true);
        Files.delete(sweep.cell(cells.get(0).name()).seed(0).generations());
        GenerationRecord again = run(cells.get(0), true).seed(0).records().get(0);
        assertThat(again.measures().toMap()).doesNotContainKey("modelFrom");
        assertThat(again.seconds(Metrics.TRAIN_SECONDS)).isPositive();
    }
}
