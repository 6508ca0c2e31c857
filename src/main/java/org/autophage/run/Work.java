package org.autophage.run;

import org.autophage.base.Progress;
import org.autophage.base.StopSignal;

/**
 * What long work inside a generation is given by the run it belongs to.
 *
 * @param progress where it tells how far it is
 * @param checkpoints where it keeps its state
 * @param stop when it has to end, after a checkpoint
 */
public record Work(Progress progress, CheckpointStore checkpoints, StopSignal stop) {
    /** Work that reports nothing, keeps nothing and is never stopped. */
    public static final Work UNATTENDED = new Work(Progress.SILENT, CheckpointStore.NONE, StopSignal.NEVER);

    /** The same work, telling elsewhere how far it is. */
    public Work telling(Progress other) {
        return new Work(other, checkpoints, stop);
    }
}
