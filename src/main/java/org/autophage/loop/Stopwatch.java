package org.autophage.loop;

/** Wall time of one piece of work after the other. */
final class Stopwatch {
    private long last = System.nanoTime();

    /** Seconds since the last lap, to the millisecond. */
    double lap() {
        return lap(0);
    }

    /** Seconds since the last lap and so many more, to the millisecond. */
    double lap(double earlierSeconds) {
        long now = System.nanoTime();
        double seconds = Math.round((now - last) / 1e6 + 1e3 * earlierSeconds) / 1e3;
        last = now;
        return seconds;
    }
}
