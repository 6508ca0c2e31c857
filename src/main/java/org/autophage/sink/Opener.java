package org.autophage.sink;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.autophage.base.Progress;
import org.autophage.run.RunFolder;

/**
 * Opens a kind of sink; made without arguments.
 *
 * @param <T> type of the sink's key in {@link SinksSpec}
 */
@FunctionalInterface
interface Opener<T> {
    /**
     * @param value of the key, neither null nor false
     * @param run whose experiment.yaml is in place
     * @param progress where what fails later is said
     */
    Sink open(T value, RunFolder run, Progress progress);

    /** On a key of {@link SinksSpec}: what opens its sink, where the key is neither left out nor false. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Of {
        Class<? extends Opener<?>> value();
    }
}
