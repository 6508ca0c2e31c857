package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.autophage.base.StopSignal;
import org.autophage.cluster.FakeSlurm.End;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepRunner.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps of Gaussians that take no time, on a cluster where everything happens that was asked for. */
class SlurmSweepTest extends SlurmSweepCase {
    @Test
    void oneArrayRunsAllCells() {
        List<Result> results = run();
        assertThat(results).extracting(Result::state).containsOnly(State.DONE).hasSize(4);
        assertThat(results).extracting(Result::attempts).containsOnly(1);
        assertThat(slurm.submitted).containsExactly("0-3");
        assertThat(said)
                .contains(
                        "4 of 4 cells submitted to Slurm as job 101",
                        "cell 2 of 4, loop.synthetic=10,sampling.bias=1.0: runs on n1",
                        "cell 2 of 4, loop.synthetic=10,sampling.bias=1.0: done");
        assertThat(run()).extracting(Result::state).containsOnly(State.FINISHED);
        assertThat(slurm.submitted).hasSize(1);
    }

    @Test
    void whatIsFinishedIsNotSubmittedAndJobsBoundTheArray() {
        runCell(1);
        List<Result> results =
                run(settings(OptionalInt.of(2), false, false), StopSignal.NEVER).orElseThrow();
        assertThat(slurm.submitted).containsExactly("0,2-3%2");
        assertThat(results)
                .extracting(Result::state)
                .containsExactly(State.DONE, State.FINISHED, State.DONE, State.DONE);
    }

    @Test
    void arraysAreNoLargerThanSlurmTakes() {
        slurm.size = 3;
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.submitted).containsExactly("0-2", "0");
        assertThat(slurm.begun(3)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMEOUT", "PREEMPTED", "NODE_FAIL", "BOOT_FAIL", "CANCELLED"})
    void whatIsTakenAwayIsSubmittedAgain(String state) {
        slurm.ends(2, End.taken(state));
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.submitted).containsExactly("0-3", "2");
        assertThat(said).anyMatch(line -> line.contains("cell 3 of 4") && line.contains("submitted"));
    }

    @Test
    void aCheckpointBeforeTheEndOfItsTimeIsNoFailure() {
        slurm.ends(0, End.exit(130, "x"), End.exit(130, "x"), End.exit(130, "x"));
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.begun(0)).isEqualTo(4);
    }

    @Test
    void aCellThatNeverComesToAnythingIsGivenUp() {
        End[] times = new End[25];
        Arrays.fill(times, End.taken("TIMEOUT"));
        slurm.ends(0, times);
        List<Result> results = run();
        assertThat(slurm.begun(0)).isEqualTo(20);
        assertThat(results.get(0).state()).isEqualTo(State.FAILED);
        assertThat(results.get(0).message()).contains("taken away 20 times", "TIMEOUT");
    }

    @Test
    void aCellThatIsCancelledTwiceIsLeft() {
        slurm.ends(1, End.taken("CANCELLED"), End.taken("CANCELLED"));
        assertThat(run())
                .extracting(Result::state)
                .containsExactly(State.DONE, State.INTERRUPTED, State.DONE, State.DONE);
        assertThat(slurm.begun(1)).isEqualTo(2);
    }

    @Test
    void whoCancelsAWholeArrayWantsItsCellsToEnd() {
        detach();
        slurm.cancel(List.of(101L));
        detach(); // cells of a process before: submitted anew, as any that are not finished
        assertThat(slurm.submitted).hasSize(2);
        StopSignal cancelling = () -> {
            if (slurm.begun(0) == 1 && slurm.cancelled.size() == 1) {
                slurm.cancel(List.of(102L));
            }
            return false;
        };
        List<Result> results =
                run(settings(OptionalInt.empty(), false, false), cancelling).orElseThrow();
        assertThat(results).extracting(Result::state).containsOnly(State.INTERRUPTED);
        assertThat(results.get(0).message()).isEqualTo("job 102 was cancelled");
        assertThat(slurm.submitted).hasSize(2);
    }

    @Test
    void aCellThatFailsIsTriedOnceMore() {
        slurm.ends(0, End.exit(1, "autophage: no space"));
        slurm.ends(1, End.exit(1, "autophage: no space"), End.exit(137, "autophage: x"));
        List<Result> results = run();
        assertThat(results).extracting(Result::state).containsExactly(State.DONE, State.FAILED, State.DONE, State.DONE);
        assertThat(results).extracting(Result::attempts).containsExactly(2, 2, 1, 1);
        assertThat(results.get(1).message()).isEqualTo("killed by signal 9 after: x");
        assertThat(said).anyMatch(line -> line.endsWith("failed, and is tried once more: no space"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void whatWouldFailTheSameWayAgainIsNotSubmittedAgain(int exitCode) {
        slurm.ends(3, End.exit(exitCode, "autophage: no such thing"));
        List<Result> results = run();
        assertThat(slurm.submitted).hasSize(1);
        assertThat(results.get(3).state()).isEqualTo(State.FAILED);
        assertThat(results.get(3).message()).isEqualTo("no such thing");
    }

    @Test
    void withoutALogTheExitCodeIsWhatIsKnown() {
        slurm.ends(3, End.exit(2, ""));
        assertThat(run().get(3).message()).isEqualTo("exit code 2, and nothing in the log of task 101_3");
    }

    @Test
    void memoryThatIsNotEnoughIsNamed() {
        slurm.ends(3, End.taken("OUT_OF_MEMORY"), End.taken("OUT_OF_MEMORY"));
        assertThat(run().get(3).message()).startsWith("out of memory; --slurm mem=");
    }

    @Test
    void aTaskThatIsDoneWithoutItsFilesHereIsSaid() {
        slurm.ends(0, new End("COMPLETED", 0, "", false));
        Result result = run().get(0);
        assertThat(result.state()).isEqualTo(State.FAILED);
        assertThat(result.message()).contains("is it on storage that all nodes see?");
        assertThat(slurm.begun(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 137})
    void failFastTriesNothingOnceMore(int exitCode) {
        slurm.ends(0, End.exit(exitCode, "autophage: no space"));
        List<Result> results =
                run(settings(OptionalInt.of(1), true, false), StopSignal.NEVER).orElseThrow();
        assertThat(results.get(0).state()).isEqualTo(State.FAILED);
        assertThat(results.get(0).attempts()).isEqualTo(1);
        assertThat(slurm.begun(0)).isEqualTo(1);
        assertThat(slurm.submitted).containsExactly("0-3%1");
        assertThat(results).filteredOn(result -> result.state().isComplete()).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aBoundHoldsForAllArraysTogether(int most) {
        slurm.size = 2;
        slurm.ends(0, End.taken("TIMEOUT"));
        slurm.ends(3, End.exit(1, "autophage: no space"));
        List<Result> results = run(settings(OptionalInt.of(most), false, false), StopSignal.NEVER)
                .orElseThrow();
        assertThat(results).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.mostAtATime).isPositive().isLessThanOrEqualTo(most);
    }

    @Test
    void withoutABoundArraysRunTogether() {
        slurm.size = 2;
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.mostAtATime).isEqualTo(4);
    }

    @Test
    void aResumedSweepKeepsItsBoundUntilAnotherIsGiven() {
        assertThat(run(settings(OptionalInt.of(2), false, true), StopSignal.NEVER))
                .isEmpty();
        slurm.cancel(List.of(101L));
        slurm.forget();
        detach();
        slurm.cancel(List.of(102L));
        slurm.forget();
        assertThat(run(settings(OptionalInt.of(3), false, true), StopSignal.NEVER))
                .isEmpty();
        slurm.cancel(List.of(103L));
        slurm.forget();
        run();
        assertThat(slurm.submitted).containsExactly("0-3%2", "0-3%2", "0-3%3", "0-3%3");
    }

    @Test
    void failFastCancelsTheRest() {
        slurm.ends(0, End.exit(4, "autophage: diverged"));
        List<Result> results =
                run(settings(OptionalInt.of(1), true, false), StopSignal.NEVER).orElseThrow();
        assertThat(results.get(0).state()).isEqualTo(State.FAILED);
        assertThat(slurm.cancelled.size()).isLessThanOrEqualTo(1);
        assertThat(results).noneMatch(result -> result.state() == State.NOT_RUN && result.attempts() == 0);
    }

    @Test
    void cellsThatCannotRunAreRefusedBeforeAnythingIsSubmitted() throws IOException {
        SweepCell last = sweep.cells().get(3);
        Path begun = folder.cell(last.name()).experiment();
        Files.createDirectories(begun.getParent());
        Files.writeString(begun, last.spec().with("loop.initial", 21).toYaml());
        assertThatThrownBy(this::run).hasMessageContaining("loop.initial is 20, but the run there was begun with 21");
        assertThat(slurm.submitted).isEmpty();
        assertThat(folder.sweep()).doesNotExist();
    }

    @Test
    void aResumedSweepKeepsItsOptions() throws IOException {
        SlurmSettings chosen = new SlurmSettings(
                List.of("autophage"),
                Optional.of(SlurmOptions.parse(List.of("partition=a,b,time=1:00:00", "exclusive"))),
                OptionalInt.empty(),
                false,
                true);
        run(chosen, StopSignal.NEVER);
        slurm.cancel(List.of(101L));
        run();
        assertThat(slurm.submitted).hasSize(2);
        assertThat(Files.readString(folder.slurm().resolve("job.sh")))
                .contains("sbatch --parsable --partition=a,b --time=1:00:00 --exclusive --signal=B:TERM@120 ");
    }
}
