package org.autophage.base;

/** Whether somebody (Ctrl-C, SIGTERM) asked the work to stop; long work looks at it between steps. */
@FunctionalInterface
public interface StopSignal {
    /** Never stops. */
    StopSignal NEVER = () -> false;

    boolean requested();

    /** The exception with which work ends early. */
    static AutophageException interrupted() {
        return new AutophageException(ExitCode.INTERRUPTED, "interrupted");
    }

    /** The same of work that goes on from what it has written so far. */
    static AutophageException interruptedWithCheckpoint() {
        return new AutophageException(
                ExitCode.INTERRUPTED, "interrupted; a checkpoint was written, and the same command goes on from there");
    }
}
