package org.autophage.cli;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.autophage.base.ExitCode;
import org.autophage.base.OwnMessage;
import org.autophage.base.StopSignal;
import org.autophage.program.Computation;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * What happens on SIGINT, SIGTERM and SIGHUP. Work that keeps checkpoints is asked to stop, and the process lives on until
 * it has written one. Of other work libtorch's computation is ended, which ends the work too; whatever does not compute is
 * not waited for. A second signal ends the process at once.
 */
final class Shutdown {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final long MILLISECONDS_BETWEEN_LOOKS = 20;

    /** For work that computes nothing to come to its end by itself, removing what it left. */
    private static final long MILLISECONDS_WITHOUT_COMPUTING = 500;

    /** For one call into libtorch. */
    private static final long MOST_MILLISECONDS = 20_000;

    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static final AtomicInteger SIGNALS_SEEN = new AtomicInteger();
    private static volatile boolean requested;
    /** What is said at the first signal by work that is then waited for; null of other work. */
    private static volatile @Nullable String lastWords;

    private Shutdown() {}

    /** The signal, for work that looks at it between steps and keeps nothing. */
    static StopSignal signal() {
        return () -> requested;
    }

    /** The signal, for work that then writes a checkpoint: the process waits for it, however long that takes. */
    static StopSignal signalBeforeCheckpoint() {
        return signalBefore("stopping after a checkpoint");
    }

    /** The same, for work that leaves something else behind before it ends; the words are said at once. */
    static StopSignal signalBefore(String words) {
        lastWords = words;
        return signal();
    }

    /**
     * Ends the process, as a signal does, as soon as its standard input ends: whoever started it holds the other end, and
     * lets go of it in order to stop the process, or because he died.
     */
    static void whenInputEnds() {
        Thread watch = new Thread(
                () -> {
                    awaitEndOfInput();
                    request();
                },
                "watch of standard input");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // as good as its end
        }
    }

    /** Runs the work and ends the process with its exit code; with 130 if a signal came and it did not get done all the same. */
    static void exitAfter(IntSupplier work) {
        SIGNALS.forEach(Shutdown::listen);
        int exitCode = ExitCode.FAILED.code();
        try {
            exitCode = work.getAsInt();
        } finally {
            FINISHED.countDown();
        }
        end(requested && exitCode != ExitCode.DONE.code() ? ExitCode.INTERRUPTED.code() : exitCode);
    }

    /** Ends the process when the work has returned; what it left computing is not waited for. */
    private static void end(int exitCode) {
        Computation.end();
        if (Computation.isRunning()) {
            endNow(exitCode);
        }
        System.exit(exitCode);
    }

    private static void listen(String name) {
        try {
            Signal.handle(new Signal(name), signal -> {
                if (SIGNALS_SEEN.incrementAndGet() > 1) {
                    endNow(ExitCode.INTERRUPTED.code());
                }
                request();
            });
        } catch (IllegalArgumentException notOnThisSystem) {
            // Windows has no SIGHUP; the other two remain
        }
    }

    private static synchronized void request() {
        if (requested) {
            return;
        }
        requested = true;
        String words = lastWords;
        if (words != null) {
            System.err.println(OwnMessage.of(words));
        } else {
            Computation.end();
            awaitWork();
        }
    }

    /** Waits while libtorch computes, and a little for work that does not notice; then the process ends without it. */
    private static void awaitWork() {
        long idle = 0;
        for (long waited = 0; waited < MOST_MILLISECONDS; waited += MILLISECONDS_BETWEEN_LOOKS) {
            if (isFinished()) {
                return; // and main ends the process
            }
            idle = Computation.isRunning() ? 0 : idle + MILLISECONDS_BETWEEN_LOOKS;
            if (idle > MILLISECONDS_WITHOUT_COMPUTING) {
                break;
            }
        }
        System.err.println(OwnMessage.of(String.valueOf(StopSignal.interrupted().getMessage())));
        endNow(ExitCode.INTERRUPTED.code());
    }

    private static boolean isFinished() {
        try {
            return FINISHED.await(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Ends the process where it stands. C's exit would run the destructors of libtorch, whose code may be running. */
    private static void endNow(int exitCode) {
        System.err.flush();
        System.out.flush();
        try {
            if (!Platform.isWindows()) {
                Function.getFunction(Platform.C_LIBRARY_NAME, "_exit").invoke(new Object[] {exitCode});
            }
        } catch (LinkageError e) {
            // without the C library as the JVM ends
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
