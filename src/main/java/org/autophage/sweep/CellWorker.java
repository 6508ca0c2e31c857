package org.autophage.sweep;

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
    record Ending(int exitCode, String message) {}
}
