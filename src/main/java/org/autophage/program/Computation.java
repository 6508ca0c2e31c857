package org.autophage.program;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.autophage.base.Interruptible;
import org.autophage.base.StopSignal;

/**
 * What libtorch computes for this process. A process that goes while libtorch computes crashes, because code that runs is
 * freed under it: whoever ends the process early {@linkplain #end ends} the computation first.
 */
public final class Computation {
    private static final AtomicInteger RUNNING = new AtomicInteger();
    private static volatile boolean ended;

    private Computation() {}

    /** Lets the calls that are under way come to their ends, and no other begin: those throw that they were interrupted. */
    public static void end() {
        ended = true;
    }

    /** Whether libtorch computes right now. */
    public static boolean isRunning() {
        return RUNNING.get() > 0;
    }

    /** A call into libtorch that may take long. */
    static <T> T of(Supplier<T> call) {
        Interruptible.proceed();
        RUNNING.incrementAndGet();
        try {
            if (ended) { // looked at after counting, so that whoever ended sees this call or is seen by it
                throw StopSignal.interrupted();
            }
            return call.get();
        } finally {
            RUNNING.decrementAndGet();
        }
    }
}
