package org.autophage.experiment;

import java.util.Arrays;
import org.autophage.base.StopSignal;

/**
 * Times the steps of a training from outside: work asks its stop signal once a step. Asks the training to stop when
 * enough steps were timed.
 */
final class StepTimer implements StopSignal {
    private final int warmUp;
    private final long[] nanoseconds;
    private int asked;

    /**
     * @param warmUp first steps, which are not counted
     * @param steps how many are timed after them
     */
    StepTimer(int warmUp, int steps) {
        this.warmUp = warmUp;
        this.nanoseconds = new long[steps + 1];
    }

    @Override
    public boolean requested() {
        int timed = asked++ - warmUp;
        if (timed >= 0 && timed < nanoseconds.length) {
            nanoseconds[timed] = System.nanoTime();
        }
        return timed >= nanoseconds.length - 1;
    }

    /** Median of the timed steps. */
    double secondsPerStep() {
        double[] seconds = new double[nanoseconds.length - 1];
        Arrays.setAll(seconds, i -> (nanoseconds[i + 1] - nanoseconds[i]) / 1e9);
        Arrays.sort(seconds);
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }
}
