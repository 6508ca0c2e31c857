package org.autophage.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Trust;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.RunObserver;
import org.autophage.run.Provenance;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellWorker.Ending;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepRunner.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweeps of Gaussians that take no time, broken off and gone on with. */
class SweepRunnerTest {
    @TempDir
    private Path directory;

    private SweepSpec sweep;

    /** A process that is killed: nothing that catches exceptions can hold it up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

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
    }

    /** Counts what it is told, and kills the process at one of the times. */
    private static final class Deadly implements SweepObserver, RunObserver {
        private final int deadly;
        private int told;

        Deadly(int deadly) {
            this.deadly = deadly;
        }

        private void tell() {
            if (++told == deadly) {
                throw new Killed();
            }
        }

        @Override
        public void changed(RunFolder run) {
            tell();
        }

        @Override
        public void changed(SweepFolder folder) {
            tell();
        }
    }

    private List<Result> run(SweepFolder folder, Deadly observer, StopSignal stop, boolean failFast) {
        CellWorker here = (index, cell, place, end) -> {
            new ExperimentRunner("autophage run", Progress.SILENT, end, observer)
                    .run(cell.spec(), folder.cell(cell.name()));
            return new Ending(0, "");
        };
        return run(folder, here, 1, observer, stop, failFast);
    }

    private List<Result> run(
            SweepFolder folder,
            CellWorker worker,
            int places,
            SweepObserver observer,
            StopSignal stop,
            boolean failFast) {
        return new SweepRunner(worker, () -> places, Progress.SILENT, stop, Trust.ALL, observer)
                .run(sweep, folder, failFast);
    }

    private List<Result> run(SweepFolder folder, CellWorker worker, int places, boolean failFast) {
        return run(folder, worker, places, SweepObserver.NOBODY, StopSignal.NEVER, failFast);
    }

    private List<Result> run(SweepFolder folder) {
        return run(folder, new Deadly(0), StopSignal.NEVER, false);
    }

    private SweepFolder folder(String name) {
        return new SweepFolder(directory.resolve(name));
    }

    /** The records of all cells, without times. */
    private Map<String, List<String>> records(SweepFolder folder) throws IOException {
        Map<String, List<String>> records = new LinkedHashMap<>();
        for (SweepCell cell : sweep.cells()) {
            Path file = folder.cell(cell.name()).seed(0).generations();
            records.put(
                    cell.name(),
                    Files.readAllLines(file).stream()
                            .map(line -> line.replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}]*", ""))
                            .toList());
        }
        return records;
    }

    @Test
    void everyCellIsARunOfItsOwn() throws IOException {
        SweepFolder folder = folder("whole");
        assertThat(run(folder))
                .extracting(Result::state)
                .containsOnly(State.DONE)
                .hasSize(4);
        assertThat(records(folder).values())
                .allSatisfy(lines -> assertThat(lines).hasSize(3));
        assertThat(SweepSpec.read(folder.sweep(), List.of()).cells()).isEqualTo(sweep.cells());
        assertThat(run(folder)).extracting(Result::state).containsOnly(State.FINISHED);
    }

    @Test
    void aSweepKilledAtAnyMomentGoesOnWithoutLossOrRepetition() throws IOException {
        SweepFolder whole = folder("whole");
        Deadly counter = new Deadly(0);
        run(whole, counter, StopSignal.NEVER, false);
        assertThat(counter.told).isGreaterThanOrEqualTo(8);
        for (int moment = 1; moment <= counter.told; moment++) {
            SweepFolder folder = folder("killed-" + moment);
            Deadly deadly = new Deadly(moment);
            assertThatThrownBy(() -> run(folder, deadly, StopSignal.NEVER, false))
                    .isInstanceOf(Killed.class);
            List<State> states = run(folder).stream().map(Result::state).toList();
            assertThat(records(folder)).as("killed at %d", moment).isEqualTo(records(whole));
            for (int i = 0; i < states.size(); i++) {
                if (states.get(i) == State.FINISHED) {
                    RunFolder cell = folder.cell(sweep.cells().get(i).name());
                    assertThat(Provenance.read(cell.provenance()).sessions()).hasSize(1);
                }
            }
        }
    }

    @Test
    void aCellThatFailsDoesNotStopTheOthers() throws IOException {
        SweepFolder folder = folder("blocked");
        Files.createDirectories(folder.root());
        Path blocked =
                Files.createFile(folder.root().resolve(sweep.cells().get(1).name()));
        List<Result> results = run(folder);
        assertThat(results).extracting(Result::state).containsExactly(State.DONE, State.FAILED, State.DONE, State.DONE);
        assertThat(results.get(1).message()).contains("cannot write").contains(blocked.toString());
        assertThat(results).extracting(Result::attempts).containsExactly(1, 2, 1, 1);
        Files.delete(blocked);
        assertThat(run(folder))
                .extracting(Result::state)
                .containsExactly(State.FINISHED, State.DONE, State.FINISHED, State.FINISHED);
    }

    @Test
    void failFastEndsAtTheFirstThatFails() throws IOException {
        SweepFolder folder = folder("blocked");
        Files.createDirectories(folder.root());
        Files.createFile(folder.root().resolve(sweep.cells().get(1).name()));
        assertThat(run(folder, new Deadly(0), StopSignal.NEVER, true))
                .extracting(Result::state)
                .containsExactly(State.DONE, State.FAILED, State.NOT_RUN, State.NOT_RUN);
    }

    @Test
    void anInterruptionEndsTheSweep() {
        assertThatThrownBy(() -> run(folder("interrupted"), new Deadly(0), () -> true, false))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    }

    @Test
    void aCellOfAnotherExperimentIsRefusedBeforeAnythingStarts() throws IOException {
        SweepFolder folder = folder("other");
        RunFolder last = folder.cell(sweep.cells().get(3).name());
        Files.createDirectories(last.root());
        Files.writeString(
                last.experiment(),
                sweep.cells().get(3).spec().with("loop.initial", 21).toYaml());
        assertThatThrownBy(() -> run(folder))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("loop.initial is 20, but the run there was begun with 21");
        assertThat(folder.sweep()).doesNotExist();
        assertThat(folder.cell(sweep.cells().get(0).name()).root()).doesNotExist();
    }

    /** Ends the second cell like this, and the others well; says in which order they were begun. */
    private static CellWorker secondEnding(List<Integer> begun, Ending... endings) {
        AtomicInteger times = new AtomicInteger();
        return (index, cell, place, stop) -> {
            begun.add(index);
            return index == 1 ? endings[Math.min(times.getAndIncrement(), endings.length - 1)] : new Ending(0, "");
        };
    }

    @Test
    void aCellThatFailsIsTriedOnceMoreAfterTheOthers() {
        List<Integer> begun = new ArrayList<>();
        CellWorker flaky = secondEnding(begun, new Ending(137, "killed by signal 9"), new Ending(0, ""));
        List<Result> results = run(folder("flaky"), flaky, 1, false);
        assertThat(begun).containsExactly(0, 1, 2, 3, 1);
        assertThat(results).extracting(Result::state).containsOnly(State.DONE);
        assertThat(results).extracting(Result::attempts).containsExactly(1, 2, 1, 1);
    }

    @Test
    void twoAttemptsAreAll() {
        List<Integer> begun = new ArrayList<>();
        List<Result> results = run(folder("broken"), secondEnding(begun, new Ending(1, "no space")), 1, false);
        assertThat(begun).containsExactly(0, 1, 2, 3, 1);
        assertThat(results.get(1).state()).isEqualTo(State.FAILED);
        assertThat(results.get(1).message()).isEqualTo("no space");
    }

    @ParameterizedTest
    @EnumSource(names = {"USAGE", "NO_DEVICE", "DIVERGED"})
    void whatWouldFailTheSameWayAgainIsNotTriedAgain(ExitCode code) {
        List<Integer> begun = new ArrayList<>();
        List<Result> results = run(folder("final"), secondEnding(begun, new Ending(code.code(), "no")), 1, false);
        assertThat(begun).containsExactly(0, 1, 2, 3);
        assertThat(results).extracting(Result::state).contains(State.FAILED);
    }

    @Test
    void aCellThatSomebodyInterruptsIsLeftAtItsCheckpoint() {
        List<Integer> begun = new ArrayList<>();
        List<Result> results = run(folder("cut"), secondEnding(begun, new Ending(130, "interrupted")), 1, false);
        assertThat(begun).containsExactly(0, 1, 2, 3);
        assertThat(results.get(1).state()).isEqualTo(State.INTERRUPTED);
    }

    @Test
    void failFastStopsThoseThatAreRunning() {
        CountDownLatch firstRuns = new CountDownLatch(1);
        CellWorker worker = (index, cell, place, stop) -> {
            if (index == 0) {
                firstRuns.countDown();
                while (!stop.requested()) {
                    Thread.onSpinWait();
                }
                return new Ending(130, "interrupted");
            }
            awaitQuietly(firstRuns);
            return new Ending(1, "no space");
        };
        assertThat(run(folder("fast"), worker, 2, true))
                .extracting(Result::state)
                .containsExactly(State.INTERRUPTED, State.FAILED, State.NOT_RUN, State.NOT_RUN);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPlaceHasOneCellAtATimeAndNoCellTwoPlaces() {
        Set<Integer> taken = ConcurrentHashMap.newKeySet();
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        CellWorker worker = (index, cell, place, stop) -> {
            assertThat(taken.add(place)).isTrue();
            assertThat(begun.add(index)).isTrue();
            LockSupport.parkNanos(1_000_000);
            taken.remove(place);
            return new Ending(0, "");
        };
        assertThat(run(folder("three"), worker, 3, false))
                .extracting(Result::state)
                .containsOnly(State.DONE);
        assertThat(begun).hasSize(4);
    }

    /** Of a cluster: none at first, then one, then two. */
    @Test
    void placesMayComeWhileItRuns() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CellWorker worker = (index, cell, place, end) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000_000);
            running.decrementAndGet();
            return new Ending(0, "");
        };
        List<Result> results = new SweepRunner(
                        worker,
                        () -> Math.min(2, asked.getAndIncrement()),
                        Progress.SILENT,
                        StopSignal.NEVER,
                        Trust.ALL,
                        SweepObserver.NOBODY)
                .run(sweep, folder("cluster"), false);
        assertThat(results).extracting(Result::state).containsOnly(State.DONE);
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }
}
