package org.autophage.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Printable;
import org.autophage.base.Progress;
import org.autophage.base.Work;

/**
 * Progress on standard error: a bar with rate and remaining time on a terminal, plain lines elsewhere, so that a log
 * file or a batch system's output stays readable.
 */
final class ConsoleProgress implements Progress {
    /** Work that takes no longer is not worth a bar or a line. */
    static final long WORTH_SHOWING_NANOS = Duration.ofSeconds(1).toNanos();

    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanoTime;

    /**
     * @param err where to draw or write
     * @param terminal whether a person watches: draws a bar instead of writing lines
     * @param nanoTime the clock, nanoseconds
     */
    ConsoleProgress(PrintStream err, boolean terminal, LongSupplier nanoTime) {
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Progress of this process; the launcher says in a system property whether standard error is a terminal. */
    static ConsoleProgress standardError() {
        return new ConsoleProgress(System.err, Boolean.getBoolean("autophage.terminal"), System::nanoTime);
    }

    /** Work that tells how far it is on standard error and ends when the process is asked to, keeping nothing. */
    static Work work() {
        return new Work(standardError(), CheckpointStore.NONE, Shutdown.signal());
    }

    @Override
    public Task begin(String what, long total, String unit) {
        String shown = Printable.of(what);
        return terminal
                ? new BarTask(err, shown, total, unit, nanoTime)
                : new LineTask(err, shown, total, unit, nanoTime);
    }

    @Override
    public void message(String line) {
        err.println(Printable.of(line));
    }
}
