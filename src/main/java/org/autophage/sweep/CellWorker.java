package org.autophage.sweep;

import java.io.Serializable;
import java.util.Set;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;

/** Runs cells of a sweep: where and how is its business, in several places at a time where it is asked to. */
@FunctionalInterface
public interface CellWorker {
    /**
     * Runs a cell to its end.
     *
     * @param index the cell's number in the sweep, counted from 0
     * @param place which of the worker's places, counted from 0; it has one cell at a time
     * @param stop when it has to end, after a checkpoint
     * @throws org.autophage.base.AutophageException where it cannot even begin, or ends like this
     */
    Ending run(int index, SweepCell cell, int place, StopSignal stop);

    /**
     * How a cell ended.
     *
     * @param exitCode of the contract, or of a process that was killed or broke down
     * @param message one line; empty where there is nothing to say
     */
    record Ending(int exitCode, String message) implements Serializable {
        /** What would end the same way again: an invalid spec, a device that is not there, a training that diverges. */
        private static final Set<Integer> FOR_GOOD =
                Set.of(ExitCode.USAGE.code(), ExitCode.NO_DEVICE.code(), ExitCode.DIVERGED.code());

        /**
         * How a process ended.
         *
         * @param lastLine what it said last, which says why where it failed
         */
        public static Ending of(int exitCode, String lastLine) {
            if (exitCode <= ExitCode.KILLED_BY || exitCode == ExitCode.INTERRUPTED.code()) {
                return new Ending(exitCode, exitCode == ExitCode.DONE.code() ? "" : lastLine);
            }
            String killed = "killed by signal " + (exitCode - ExitCode.KILLED_BY);
            return new Ending(exitCode, lastLine.isEmpty() ? killed : killed + " after: " + lastLine);
        }

        /** Whether another attempt would end in the same way. */
        public boolean isForGood() {
            return FOR_GOOD.contains(exitCode);
        }
    }
}
