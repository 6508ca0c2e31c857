package org.autophage.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;

/**
 * What happens on SIGINT and SIGTERM. Work that looks at the {@link #signal} is asked to stop, and the process lives on
 * until it has written its checkpoint and returned; other work ends at once.
 */
final class Shutdown {
    private static volatile boolean requested;
    private static volatile boolean attended;

    private Shutdown() {}

    /** The signal, for work that looks at it between steps and then writes a checkpoint: the process waits for it. */
    static StopSignal signal() {
        attended = true;
        return () -> requested;
    }

    /**
     * Ends the process, as a signal does, as soon as its standard input ends: whoever started it holds the other end, and
     * lets go of it in order to stop the process, or because he died.
     */
    static void whenInputEnds() {
        Thread watch = new Thread(
                () -> {
                    awaitEndOfInput();
                    System.exit(ExitCode.INTERRUPTED.code());
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
        if (attended) {
            // Without a time limit: a process that exits while libtorch computes may crash, as its destructors free
            // code
            // that still runs. Who cannot wait sends SIGKILL, which a run survives.
            System.err.println("autophage: stopping after a checkpoint");
            await(finished);
        }
        System.err.flush();
        System.out.flush();
        // Not the 143 that the JVM would give for SIGTERM: 130 is the contract for both.
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }

    private static void await(CountDownLatch finished) {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
