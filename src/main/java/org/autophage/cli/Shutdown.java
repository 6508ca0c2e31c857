package org.autophage.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;

/**
 * What happens on SIGINT and SIGTERM: the work is asked to stop, and the process lives on until it has written its
 * checkpoint and returned. Work that does not look at {@link #SIGNAL} is given a grace period.
 */
final class Shutdown {
    /** Set once, by the first signal. */
    static final StopSignal SIGNAL = Shutdown::requested;

    /**
     * How long the process waits for its work, in seconds: a checkpoint of the largest models takes less, and cluster
     * schedulers kill after 30 seconds to a few minutes anyway.
     */
    private static final long GRACE_SECONDS = 120;

    private static volatile boolean requested;

    private Shutdown() {}

    private static boolean requested() {
        return requested;
    }

    /** Runs the work and ends the process with its exit code, or with 130 if a signal came first. */
    static void exitAfter(IntSupplier work) {
        CountDownLatch finished = new CountDownLatch(1);
        AtomicInteger exitCode = new AtomicInteger(ExitCode.FAILED.code());
        // The JVM's own handlers of SIGINT and SIGTERM run this hook; it holds the process until the work has ended.
        Thread hook = new Thread(() -> awaitWork(finished), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            exitCode.set(work.getAsInt());
        } finally {
            finished.countDown();
        }
        // Once a signal came, the hook ends the process and System.exit would wait for the hook for ever.
        if (!requested) {
            System.exit(exitCode.get());
        }
    }

    private static void awaitWork(CountDownLatch finished) {
        if (finished.getCount() == 0) {
            return; // an ordinary exit
        }
        requested = true;
        try {
            if (!finished.await(GRACE_SECONDS, java.util.concurrent.TimeUnit.SECONDS)) {
                System.err.println("autophage: stopped without a new checkpoint after waiting " + GRACE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.flush();
        System.out.flush();
        // Not the 143 that the JVM would give for SIGTERM: 130 is the contract for both.
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
}
