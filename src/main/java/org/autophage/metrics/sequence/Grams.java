package org.autophage.metrics.sequence;

/**
 * Runs of tokens (n-grams) by numbers, as they are first met: 0 is the empty one, and a run is known by the one that it goes on from and
 * its last token, so that no two share a number.
 */
final class Grams {
    static final int EMPTY = 0;

    private final PairNumbers numbers = new PairNumbers();
    private int count = 1;

    /** The number of a run, which is given one if it has none. */
    private int number(int before, int token) {
        int known = numbers.get(before, token);
        if (known == PairNumbers.NONE) {
            numbers.put(before, token, count);
            return count++;
        }
        return known;
    }

    /** What is done with a run that is met. */
    @FunctionalInterface
    interface Met {
        /**
         * A run that begins where others do.
         *
         * @param run its number
         * @param before how many had numbers before it was met: it is new where that is its own
         * @param last its tokens less 1
         */
        void run(int run, int before, int last);
    }

    /**
     * Meets all runs of some tokens, from each on the shorter ones first.
     *
     * @param longest tokens of the longest runs
     */
    void meet(int[] tokens, int start, int end, int longest, Met met) {
        for (int from = start; from < end; from++) {
            int run = EMPTY;
            for (int n = 0; n < Math.min(longest, end - from); n++) {
                int before = count;
                run = number(run, tokens[from + n]);
                met.run(run, before, n);
            }
        }
    }

    /** The number of a run, or {@link PairNumbers#NONE} if it was never met. */
    int known(int before, int token) {
        return before == PairNumbers.NONE ? PairNumbers.NONE : numbers.get(before, token);
    }

    /** How many have numbers, the empty one among them. */
    int count() {
        return count;
    }
}
