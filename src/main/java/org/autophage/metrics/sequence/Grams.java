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
    int number(int before, int token) {
        int known = numbers.get(before, token);
        if (known == PairNumbers.NONE) {
            numbers.put(before, token, count);
            return count++;
        }
        return known;
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
