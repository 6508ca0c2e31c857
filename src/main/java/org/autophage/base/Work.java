package org.autophage.base;

/**
 * What long work is given by whoever wants it done, such as that inside a generation by the run it belongs to.
 *
 * @param progress where it tells how far it is
 * @param checkpoints where it keeps its state
 * @param stop when it has to end, after a checkpoint
 * @param trust which programs of others it may run
 */
public record Work(Progress progress, CheckpointStore checkpoints, StopSignal stop, Trust trust) {
    /** Work that reports nothing, keeps nothing and is never stopped. */
    public static final Work UNATTENDED = new Work(Progress.SILENT, CheckpointStore.NONE, StopSignal.NEVER);

    /** Work that may run the programs on the user's list. */
    public Work(Progress progress, CheckpointStore checkpoints, StopSignal stop) {
        this(progress, checkpoints, stop, Trust.listed());
    }

    /** The same work, which may run other programs. */
    public Work trusting(Trust other) {
        return new Work(progress, checkpoints, stop, other);
    }

    /** The same work, which keeps its state elsewhere. */
    public Work keeping(CheckpointStore other) {
        return new Work(progress, other, stop, trust);
    }

    /** A part of the work, whose checkpoints have names of their own. */
    public Work within(String part) {
        return new Work(progress, checkpoints.within(part), stop, trust);
    }

    /** The same work, telling elsewhere how far it is. */
    public Work telling(Progress other) {
        return new Work(other, checkpoints, stop, trust);
    }
}
