package org.autophage.statistics;

import java.util.Arrays;

/**
 * Numbers of two kinds, pair by pair (Mann and Whitney 1947).
 *
 * @param larger U: in how many pairs the one is larger than the other; a tie is a half
 * @param ones how many of the one kind there are
 * @param others how many of the other
 * @param ties Σ(t³ − t) over groups of t equal numbers
 */
public record MannWhitney(double larger, int ones, int others, double ties) {
    /**
     * Compares.
     *
     * @param one at least one
     * @param other at least one
     */
    public static MannWhitney of(double[] one, double[] other) {
        if (one.length == 0 || other.length == 0) {
            throw new IllegalArgumentException(one.length + " and " + other.length + " numbers: at least one of each");
        }
        double[] ones = sorted(one);
        double[] others = sorted(other);
        double larger = 0;
        double ties = 0;
        // Both arrays are walked value by value.
        for (int i = 0, j = 0; i < ones.length || j < others.length; ) {
            double value = Math.min(
                    i < ones.length ? ones[i] : Double.POSITIVE_INFINITY,
                    j < others.length ? others[j] : Double.POSITIVE_INFINITY);
            int before = j;
            int equalHere = 0;
            while (i < ones.length && ones[i] == value) {
                i++;
                equalHere++;
            }
            while (j < others.length && others[j] == value) {
                j++;
            }
            int equalThere = j - before;
            larger += equalHere * (before + equalThere / 2.0);
            double group = (double) equalHere + equalThere;
            ties += group * group * group - group;
        }
        return new MannWhitney(larger, ones.length, others.length, ties);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** The share of pairs in which the one is larger: the area under the curve of a detector that scores so (AUROC). */
    public double share() {
        return larger / ((double) ones * others);
    }

    /** U less its mean over its standard deviation where both are of one law, ties considered; 0 where all numbers are the same. */
    public double deviations() {
        double m = ones;
        double n = others;
        double variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
        return variance <= 0 ? 0 : (larger - m * n / 2) / Math.sqrt(variance);
    }
}
