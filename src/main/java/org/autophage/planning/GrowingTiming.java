package org.autophage.planning;

import java.util.function.IntToDoubleFunction;

/** Times a piece of work in sizes that grow up to the whole, for as long as the next is likely to end in time. */
final class GrowingTiming {
    private static final int LARGEST_GROWTH = 16;

    /** The fewest calls that time a size: one that is not counted, and one that is. */
    private static final int CALLS = 2;

    private final int whole;
    private final IntToDoubleFunction timing;
    private int size;
    private double took;
    private double fixed;
    private int sizeBefore;
    private double tookBefore;

    /**
     * Times the smallest size at once.
     *
     * @param timing takes a size, gives seconds of one call
     */
    GrowingTiming(int smallest, int whole, IntToDoubleFunction timing) {
        this.whole = whole;
        this.timing = timing;
        time(smallest);
    }

    private GrowingTiming(GrowingTiming begun, int smallest, int whole, IntToDoubleFunction timing) {
        this.whole = whole;
        this.timing = timing;
        size = smallest;
        took = begun.took;
        fixed = begun.fixed;
    }

    /** A timing of the same work in another of its sizes, whose smallest is what was timed last here. */
    GrowingTiming other(int smallest, int whole, IntToDoubleFunction timing) {
        return new GrowingTiming(this, smallest, whole, timing);
    }

    /** Goes on to larger sizes until the whole is timed, or the next would not end in time. */
    void grow(long deadline) {
        while (size < whole) {
            int next = next(size, whole, took, fixed, (deadline - System.nanoTime()) / 1e9);
            if (next == 0) {
                return;
            }
            sizeBefore = size;
            tookBefore = took;
            time(next);
        }
    }

    private void time(int next) {
        long began = System.nanoTime();
        took = timing.applyAsDouble(next);
        size = next;
        fixed = Math.max(0, (System.nanoTime() - began) / 1e9 - CALLS * took);
    }

    /** The largest size that was timed. */
    int size() {
        return size;
    }

    boolean isWhole() {
        return size == whole;
    }

    /** Seconds of a call of the largest size that was timed. */
    double measured() {
        return took;
    }

    /** Seconds of a call of the whole: measured, on the line through the last two sizes, or in proportion to the only one. */
    double seconds() {
        return whole(size, took, sizeBefore, tookBefore, whole);
    }

    static double whole(int size, double took, int sizeBefore, double tookBefore, int whole) {
        boolean line = sizeBefore > 0 && took > tookBefore;
        return line ? took + (took - tookBefore) * ((double) whole - size) / (size - sizeBefore) : took * whole / size;
    }

    /**
     * The next size, which is likely to end in time.
     *
     * @param took of the last size, seconds a call
     * @param fixed seconds that a size takes besides its calls
     * @param left seconds
     * @return at least twice the last size, or the whole; 0 if there is no time for any
     */
    static int next(int size, int whole, double took, double fixed, double left) {
        double room = (left - fixed) / (CALLS * took / size);
        int next = (int) Math.min(Math.min(whole, (double) LARGEST_GROWTH * size), room);
        return next >= 2.0 * size || next == whole ? next : 0;
    }
}
