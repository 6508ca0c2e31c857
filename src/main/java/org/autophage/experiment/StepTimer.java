package org.autophage.experiment;

import java.util.Arrays;
import org.autophage.base.StopSignal;
import org.autophage.program.Device;

/**
 * Times the steps of a training from outside: work asks its stop signal once a step. Asks the training to stop when
 * enough steps were timed.
 *
 * <p>A GPU works on after a step's call has returned, and is waited for before the first timed step and after the last alone:
 * waiting in every step would take from it what it does while the next is prepared.
 */
final class StepTimer implements StopSignal {
    private final Device device;
    private final int warmUp;
    private final long[] nanoseconds;
    private int asked;

    /**
     * @param device that the training runs on
     * @param warmUp first steps, which are not counted
     * @param steps how many are timed after them
     */
    StepTimer(Device device, int warmUp, int steps) {
        this.device = device;
        this.warmUp = warmUp;
        this.nanoseconds = new long[steps + 1];
    }

    @Override
    public boolean requested() {
        int timed = asked++ - warmUp;
        if (timed == 0 || timed == nanoseconds.length - 1) {
            device.awaitWork();
        }
        if (timed >= 0 && timed < nanoseconds.length) {
            nanoseconds[timed] = System.nanoTime();
        }
        return timed >= nanoseconds.length - 1;
    }

    /** Whether all steps were timed, and the training was asked to stop. */
    boolean isDone() {
        return asked - warmUp >= nanoseconds.length;
    }

    /** Median of the timed steps; on a GPU, where a single step is not waited for, their mean. */
    double secondsPerStep() {
        if (device.isGpu()) {
            return (nanoseconds[nanoseconds.length - 1] - nanoseconds[0]) / 1e9 / (nanoseconds.length - 1);
        }
        double[] seconds = new double[nanoseconds.length - 1];
        Arrays.setAll(seconds, i -> (nanoseconds[i + 1] - nanoseconds[i]) / 1e9);
        Arrays.sort(seconds);
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }
}
