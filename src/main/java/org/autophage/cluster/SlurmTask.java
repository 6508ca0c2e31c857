package org.autophage.cluster;

import java.util.Set;
import org.autophage.base.ExitCode;

/**
 * A task of an array, as Slurm knows it now. Slurm forgets a task some minutes after its end.
 *
 * @param job the array's number
 * @param index which cell of the sweep it runs, counted from 0
 * @param offset which cell the array counts its tasks from
 * @param state in Slurm's word, such as RUNNING
 * @param waitStatus how its process ended, as wait(2) tells it; 0 of a task that has not ended
 * @param reason why it waits, or ended, in Slurm's words
 * @param node where it runs; empty where it does not
 */
record SlurmTask(long job, int index, int offset, String state, int waitStatus, String reason, String node) {
    /** Where a task does not come back from by itself; in any other state it will run, runs, or is about to end. */
    private static final Set<String> ENDED = Set.of(
            "BOOT_FAIL",
            "CANCELLED",
            "COMPLETED",
            "DEADLINE",
            "FAILED",
            "NODE_FAIL",
            "OUT_OF_MEMORY",
            "PREEMPTED",
            "REVOKED",
            "TIMEOUT");

    /** Ends that are not the cell's fault. */
    private static final Set<String> TAKEN_AWAY =
            Set.of("BOOT_FAIL", "CANCELLED", "DEADLINE", "NODE_FAIL", "PREEMPTED", "REVOKED", "TIMEOUT");

    boolean isUnderWay() {
        return !ENDED.contains(state);
    }

    boolean isRunning() {
        return state.equals("RUNNING");
    }

    boolean isPending() {
        return state.equals("PENDING");
    }

    /** Whether it has been told to end, and is not gone yet. */
    boolean isCompleting() {
        return state.equals("COMPLETING");
    }

    boolean isCancelled() {
        return state.equals("CANCELLED");
    }

    boolean isOutOfMemory() {
        return state.equals("OUT_OF_MEMORY");
    }

    /** Whether the cluster ended it, or a person, before its own end. */
    boolean isTakenAway() {
        return TAKEN_AWAY.contains(state);
    }

    /** The exit code of its process; 128 and the signal where one killed it. */
    int exitCode() {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? waitStatus >> 8 & 0xff : ExitCode.KILLED_BY + signal;
    }

    /** What Slurm's commands call it, such as 1234_5. */
    String name() {
        return job + "_" + (index - offset);
    }
}
