package org.autophage.data;

import java.util.Arrays;

/** A law over 0, 1, …, drawn from by its distribution function. */
public final class Discrete {
    private final double[] upTo;

    /**
     * A law that stands somewhere in an array.
     *
     * @param probabilities at least 0, of any positive sum
     * @param from where the law begins
     * @param size number of its values
     */
    public Discrete(double[] probabilities, int from, int size) {
        upTo = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += probabilities[from + i];
            upTo[i] = sum;
        }
    }

    /** The value whose turn a uniform number in [0, 1) is; never one of probability 0. */
    public int at(double uniform) {
        double target = uniform * upTo[upTo.length - 1];
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > target) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // Rounding may have led to the very end, behind which nothing was added.
        while (low > 0 && upTo[low] == upTo[low - 1]) {
            low--;
        }
        return low;
    }

    /** 1 − Σq² of a law that sums to 1: the probability that two draws differ. */
    public static double heterozygosity(double[] probabilities) {
        return 1 - Arrays.stream(probabilities).map(q -> q * q).sum();
    }

    /** Shannon's entropy, nats, of a law that stands somewhere in an array and sums to 1. */
    public static double entropy(double[] probabilities, int from, int size) {
        double entropy = 0;
        for (int i = from; i < from + size; i++) {
            entropy -= probabilities[i] > 0 ? probabilities[i] * Math.log(probabilities[i]) : 0;
        }
        return entropy;
    }
}
