package org.autophage.planning;

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
    private final double enoughSeconds;
    private int asked;
    private int stopped = -1;

    /**
     * @param device that the training runs on
     * @param warmUp first steps, which are not counted
     * @param steps how many are timed after them
     */
    StepTimer(Device device, int warmUp, int steps) {
        this(device, warmUp, steps, Double.POSITIVE_INFINITY);
    }

    /** @param enoughSeconds after which the timed steps that there are, at least one, are enough */
    StepTimer(Device device, int warmUp, int steps, double enoughSeconds) {
        this.device = device;
        this.warmUp = warmUp;
        this.nanoseconds = new long[steps + 1];
        this.enoughSeconds = enoughSeconds;
    }

    @Override
    public boolean requested() {
        int timed = asked++ - warmUp;
        if (timed < 0 || stopped >= 0) {
            return stopped >= 0;
        }
        boolean last = timed == nanoseconds.length - 1 || timed > 0 && secondsSinceFirst() >= enoughSeconds;
        if (timed == 0 || last) {
            device.awaitWork();
        }
        nanoseconds[timed] = System.nanoTime();
        stopped = last ? timed : -1;
        return last;
    }

    private double secondsSinceFirst() {
        return (System.nanoTime() - nanoseconds[0]) / 1e9;
    }

    /** Whether enough steps were timed, and the training was asked to stop. */
    boolean isDone() {
        return stopped >= 0;
    }

    /** Median of the timed steps; on a GPU, where a single step is not waited for, their mean. */
    double secondsPerStep() {
        if (device.isGpu()) {
            return (nanoseconds[stopped] - nanoseconds[0]) / 1e9 / stopped;
        }
        double[] seconds = new double[stopped];
        Arrays.setAll(seconds, i -> (nanoseconds[i + 1] - nanoseconds[i]) / 1e9);
        Arrays.sort(seconds);
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }
}
