package org.autophage.base;

/** Whether somebody (Ctrl-C, SIGTERM) asked the work to stop; long work looks at it between steps. */
@FunctionalInterface
public interface StopSignal {
    /** Never stops. */
    StopSignal NEVER = () -> false;

    boolean requested();

    /** The exception with which work ends after its checkpoint. */
    static AutophageException interrupted() {
        return new AutophageException(ExitCode.INTERRUPTED, "interrupted; a checkpoint was written");
    }
}
