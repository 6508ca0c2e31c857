package org.autophage.model.sequence;

import java.util.Arrays;
import java.util.Map;

/**
 * How often tokens were seen behind contexts of one length: a row a context, of the tokens that were seen there.
 */
final class ContextRows {
    private final int base;
    private final long[] grams;
    private final double[] counts;
    private final long[] contexts;
    private final int[] starts;
    private final double[] totals;

    /**
     * @param size V
     * @param grams contexts with the token behind, as {@link Contexts#gram} numbers them, rising
     * @param counts how often each was seen, above 0
     */
    ContextRows(int size, long[] grams, double[] counts) {
        this.base = size + 1;
        this.grams = grams;
        this.counts = counts;
        this.contexts = Arrays.stream(grams).map(gram -> gram / base).distinct().toArray();
        this.starts = new int[contexts.length + 1];
        this.totals = new double[contexts.length];
        int row = -1;
        for (int i = 0; i < grams.length; i++) {
            if (row < 0 || grams[i] / base != contexts[row]) {
                starts[++row] = i;
            }
            totals[row] += counts[i];
        }
        starts[contexts.length] = grams.length;
    }

    static ContextRows of(int size, Map<Long, Double> seen) {
        long[] grams =
                seen.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        double[] counts = new double[grams.length];
        for (int i = 0; i < grams.length; i++) {
            counts[i] = seen.getOrDefault(grams[i], 0.0);
        }
        return new ContextRows(size, grams, counts);
    }

    long[] grams() {
        return grams;
    }

    double[] counts() {
        return counts;
    }

    /** The row of a context; below 0 where it was never seen. */
    int row(long context) {
        return Arrays.binarySearch(contexts, context);
    }

    /** How often the context of a row was seen. */
    double total(int row) {
        return totals[row];
    }

    /** How often a token was seen in a row. */
    double count(int row, int token) {
        int at = Arrays.binarySearch(grams, starts[row], starts[row + 1], contexts[row] * base + token);
        return at < 0 ? 0 : counts[at];
    }

    /** Adds a row's counts to a law, times a factor. */
    void add(int row, double factor, double[] law) {
        for (int i = starts[row]; i < starts[row + 1]; i++) {
            law[(int) (grams[i] % base)] += factor * counts[i];
        }
    }

    /** The token of a row whose turn it is. */
    int at(int row, double target) {
        double sum = 0;
        int last = starts[row + 1] - 1;
        for (int i = starts[row]; i < last; i++) {
            sum += counts[i];
            if (sum > target) {
                return (int) (grams[i] % base);
            }
        }
        return (int) (grams[last] % base);
    }
}
