package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.StopSignal;
import org.autophage.cluster.FakeSlurm.End;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepRunner.State;
import org.junit.jupiter.api.Test;

/** Processes that come and go, and controllers that do not answer. */
class SlurmSweepFollowingTest extends SlurmSweepCase {
    @Test
    void aProcessThatStartsLaterFollowsAndSubmitsNothing() {
        detach();
        assertThat(said).last().asString().contains("4 cells go on in Slurm as job 101", "scancel 101", "resume");
        detach();
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.submitted).containsExactly("0-3");
    }

    @Test
    void aProcessThatIsAskedToEndLeavesTheCellsToSlurm() {
        assertThatThrownBy(() -> run(settings(OptionalInt.empty(), false, false), () -> true))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED))
                .hasMessageContaining("4 cells go on in Slurm as job 101");
        assertThat(slurm.cancelled).isEmpty();
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.submitted).hasSize(1);
    }

    @Test
    void aControllerThatIsAwayIsWaitedForAndSaidOnce() {
        detach();
        StopSignal away = () -> {
            if (said.size() == 2) {
                slurm.silent = 7;
                said.add("away");
            }
            return false;
        };
        List<Result> results =
                run(settings(OptionalInt.empty(), false, false), away).orElseThrow();
        assertThat(results).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.submitted).hasSize(1);
        assertThat(said)
                .filteredOn(line -> line.startsWith("Slurm does not answer"))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void theFirstQuestionHasToBeAnswered() {
        slurm.silent = 1;
        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageContaining("Unable to contact slurm controller");
    }

    @Test
    void aFirstSubmissionThatIsRefusedEndsItAndALaterOneIsTriedAgain() {
        slurm.refusing = 1;
        assertThatThrownBy(this::run).hasMessage("sbatch: Job violates accounting/QOS policy");
        assertThat(SlurmSweep.isIn(folder)).isFalse();
        slurm.ends(0, End.taken("TIMEOUT"));
        StopSignal refusing = () -> {
            if (said.size() == 1) { // its submission
                slurm.refusing = 1;
                said.add("refusing");
            }
            return false;
        };
        assertThat(run(settings(OptionalInt.empty(), false, false), refusing).orElseThrow())
                .extracting(Result::state)
                .containsOnly(State.DONE);
        assertThat(said)
                .contains("a submission is tried again that failed: sbatch: Job violates accounting/QOS policy");
        assertThat(SlurmSweep.isIn(folder)).isTrue();
    }

    @Test
    void anAccountsLimitIsWaitedForAsLongAsCellsAreUnderWay() {
        slurm.size = 1;
        slurm.mostWaiting = 2;
        End[] looks = new End[25]; // more than refusals are borne otherwise
        Arrays.fill(looks, End.taken("RUNNING"));
        slurm.ends(0, looks);
        slurm.ends(1, looks);
        assertThat(run()).extracting(Result::state).containsOnly(State.DONE);
        assertThat(slurm.submitted).hasSize(4);
        assertThat(said)
                .filteredOn(line -> line.startsWith("a submission is tried again"))
                .containsExactly("a submission is tried again that failed: sbatch: AssocMaxSubmitJobLimit");
    }

    @Test
    void aRefusalThatEndsItSaysWhatBecomesOfTheCellsThatSlurmHas() {
        slurm.size = 2;
        slurm.mostWaiting = 2;
        assertThatThrownBy(this::detach)
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageStartingWith("sbatch: AssocMaxSubmitJobLimit; 2 cells go on in Slurm as job 101; ")
                .hasMessageContaining("autophage resume");
        slurm.cancel(List.of(101L));
        slurm.mostWaiting = 0;
        assertThatThrownBy(this::run).hasMessage("sbatch: AssocMaxSubmitJobLimit");
    }

    @Test
    void refusalsWithoutACellUnderWayEndItAfterAWhile() {
        StopSignal refusing = () -> {
            slurm.mostWaiting = 0;
            return false;
        };
        slurm.ends(1, End.taken("TIMEOUT"));
        assertThatThrownBy(() -> run(settings(OptionalInt.empty(), false, false), refusing))
                .hasMessageStartingWith(
                        "sbatch: AssocMaxSubmitJobLimit; nothing is left with Slurm; `autophage resume");
        assertThat(said)
                .filteredOn(line -> line.startsWith("a submission is tried again"))
                .hasSize(1);
    }

    @Test
    void whatSlurmHasForgottenIsSubmittedAgainUnlessItIsFinished() {
        slurm.ends(1, End.taken("NODE_FAIL"));
        StopSignal forgetful = () -> {
            slurm.forget();
            return false;
        };
        assertThat(run(settings(OptionalInt.empty(), false, false), forgetful).orElseThrow())
                .extracting(Result::state)
                .containsOnly(State.DONE);
        assertThat(slurm.submitted).containsExactly("0-3", "1");
    }

    @Test
    void aCellThatAnotherProcessHoldsIsWaitedFor() {
        FolderLock lock = folder.cell(sweep.cells().get(2).name()).lock();
        StopSignal letGo = () -> {
            if (slurm.begun(3) == 1) {
                lock.close();
            }
            return false;
        };
        assertThat(run(settings(OptionalInt.empty(), false, false), letGo).orElseThrow())
                .extracting(Result::state)
                .containsOnly(State.DONE);
        assertThat(slurm.submitted).containsExactly("0-1,3", "2");
    }

    @Test
    void aSweepThatAnotherProcessFollowsIsLeftToIt() {
        try (FolderLock lock = FolderLock.acquire(folder.root())) {
            Files.writeString(folder.sweep(), sweep.toYaml());
            assertThatThrownBy(this::run).hasMessageContaining("is being worked on by process");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(slurm.submitted).isEmpty();
    }
}
