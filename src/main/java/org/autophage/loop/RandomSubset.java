package org.autophage.loop;

import java.util.SplittableRandom;

/** Draws without replacement. */
public final class RandomSubset {
    private RandomSubset() {}

    /**
     * A uniformly random subset of {0, …, available − 1} in ascending order, by selection sampling (Knuth, The Art of
     * Computer Programming, volume 2, section 3.4.2, algorithm S). Of all that is there, it is all of it in order.
     *
     * @param count the size of the subset, at most {@code available}
     */
    public static long[] draw(int count, long available, SplittableRandom random) {
        if (count > available) {
            throw new IllegalArgumentException("cannot draw " + count + " of " + available);
        }
        long[] chosen = new long[count];
        int taken = 0;
        for (long candidate = 0; taken < count; candidate++) {
            if (random.nextLong(available - candidate) < count - taken) {
                chosen[taken++] = candidate;
            }
        }
        return chosen;
    }
}
