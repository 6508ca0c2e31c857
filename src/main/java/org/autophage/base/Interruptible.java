package org.autophage.base;

import java.util.function.Supplier;

/**
 * Work that keeps nothing, so that it may be given up anywhere: what it is made of asks now and then whether somebody wants
 * it to stop, without being handed a signal. Of the thread that does it; whoever lets other threads take parts of it hands
 * them {@link #signal}.
 */
public final class Interruptible {
    private static final ThreadLocal<StopSignal> SIGNAL = ThreadLocal.withInitial(() -> StopSignal.NEVER);

    private Interruptible() {}

    /**
     * Does work until it is done or asked to stop. Inside other such work either signal counts.
     *
     * @throws AutophageException with INTERRUPTED from its next {@link #proceed} after it was asked to stop
     */
    public static <T> T until(StopSignal stop, Supplier<T> work) {
        StopSignal outer = SIGNAL.get();
        SIGNAL.set(() -> outer.requested() || stop.requested());
        try {
            return work.get();
        } finally {
            SIGNAL.set(outer);
        }
    }

    /** What this thread's work obeys. */
    public static StopSignal signal() {
        return SIGNAL.get();
    }

    /**
     * Asked before every call into libtorch, and by long loops of Java.
     *
     * @throws AutophageException with INTERRUPTED if this thread's work is to stop
     */
    public static void proceed() {
        if (SIGNAL.get().requested()) {
            throw StopSignal.interrupted();
        }
    }
}
