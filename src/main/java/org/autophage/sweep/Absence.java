package org.autophage.sweep;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;

/** That a cluster has no machine for cells: said once it lasts, and an error after a while; counted anew each time. */
public final class Absence {
    /** Before that nothing is said: machines take a moment to come. */
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    private final String what;
    private final Duration patience;
    private final String howToWaitLonger;
    private final Progress progress;
    private final LongSupplier clock;
    private OptionalLong since = OptionalLong.empty();
    private boolean isSaid;

    /**
     * @param what is missed, such as "executor with 3 cores from spark://head:7077"
     * @param patience how long it may be missed
     * @param howToWaitLonger which setting changes that
     */
    public Absence(String what, Duration patience, String howToWaitLonger, Progress progress) {
        this(what, patience, howToWaitLonger, progress, System::nanoTime);
    }

    /** @param clock in nanoseconds, from anywhere */
    Absence(String what, Duration patience, String howToWaitLonger, Progress progress, LongSupplier clock) {
        this.what = what;
        this.patience = patience;
        this.howToWaitLonger = howToWaitLonger;
        this.progress = progress;
        this.clock = clock;
    }

    /** A machine is there, or none is needed. */
    public synchronized void ends() {
        if (isSaid) {
            progress.message("no longer without any " + what);
        }
        isSaid = false;
        since = OptionalLong.empty();
    }

    /**
     * No machine is there.
     *
     * @throws AutophageException FAILED if that has been so for longer than the patience
     */
    public synchronized void goesOn() {
        long now = clock.getAsLong();
        since = OptionalLong.of(since.orElse(now));
        Duration missed = Duration.ofNanos(now - since.getAsLong());
        if (missed.compareTo(patience) > 0) {
            throw AutophageException.failed(
                    "no %s for %d s; %s waits longer".formatted(what, patience.toSeconds(), howToWaitLonger));
        }
        if (!isSaid && missed.compareTo(A_MOMENT) > 0) {
            isSaid = true;
            progress.message("no %s is there; waits %d s for one".formatted(what, patience.toSeconds()));
        }
    }
}
