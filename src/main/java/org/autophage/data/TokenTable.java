package org.autophage.data;

/**
 * Probabilities that say everything about a law of sequences: of its one token, or of every token after every one.
 *
 * @param replicas R
 * @param rows 1, or V: a row for each token that stands before
 * @param size V
 * @param probabilities (R, rows, V), row-major; every row sums to 1. Not to be written to
 */
public record TokenTable(int replicas, int rows, int size, double[] probabilities) {
    public TokenTable {
        if ((long) replicas * rows * size != probabilities.length) {
            throw new IllegalArgumentException("%d replicas of %d rows of %d do not fit %d probabilities"
                    .formatted(replicas, rows, size, probabilities.length));
        }
    }

    /** Where a row begins in the array. */
    public int start(int replica, int row) {
        return (replica * rows + row) * size;
    }
}
