package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InterruptibleTest {
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void workGoesOnUntilItIsAskedToStop() {
        int done = Interruptible.until(stop::get, () -> {
            Interruptible.proceed();
            return 3;
        });
        assertThat(done).isEqualTo(3);
        assertThatThrownBy(() -> Interruptible.until(stop::get, () -> {
                    stop.set(true);
                    Interruptible.proceed();
                    return done;
                }))
                .isInstanceOf(AutophageException.class)
                .hasMessage("interrupted")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void insideOtherWorkEitherSignalCounts() {
        assertThat(Interruptible.until(
                        stop::get,
                        () -> Interruptible.until(StopSignal.NEVER, () -> {
                            stop.set(true);
                            return Interruptible.signal().requested();
                        })))
                .isTrue();
    }

    @Test
    void theSignalEndsWithTheWorkAndIsOfThisThread() throws InterruptedException {
        stop.set(true);
        AtomicBoolean seenElsewhere = new AtomicBoolean();
        Interruptible.until(stop::get, () -> {
            Thread other =
                    new Thread(() -> seenElsewhere.set(Interruptible.signal().requested()));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 0;
        });
        assertThat(seenElsewhere).isFalse();
        assertThatCode(Interruptible::proceed).doesNotThrowAnyException();
    }
}
