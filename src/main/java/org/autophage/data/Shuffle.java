package org.autophage.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random orders. */
public final class Shuffle {
    private Shuffle() {}

    /** The numbers from 0 to count − 1 in an order drawn uniformly (Fisher and Yates, inside out). */
    public static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /**
     * So many of the numbers from 0 on, drawn without repetition, ascending.
     *
     * @param of how many numbers there are; all of them where that is fewer
     */
    public static int[] subset(int count, int of, SplittableRandom random) {
        int[] subset = Arrays.copyOf(permutation(of, random), Math.min(count, of));
        Arrays.sort(subset);
        return subset;
    }
}
