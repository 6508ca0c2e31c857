package org.autophage.base;

/** Exit codes of the command line; they are part of the contract with users. */
public enum ExitCode {
    DONE(0),
    /** Unwritable or full disk, locked run, out of memory. */
    FAILED(1),
    /** Usage, invalid spec, missing, truncated or corrupt input. */
    USAGE(2),
    /** The device that was asked for is not available. */
    NO_DEVICE(3),
    /** Training diverged: a loss that is not a number. */
    DIVERGED(4),
    /** SIGINT or SIGTERM, after a checkpoint. */
    INTERRUPTED(130);

    /** A process that a signal ended has this and the signal as its exit code. */
    public static final int KILLED_BY = 128;

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
