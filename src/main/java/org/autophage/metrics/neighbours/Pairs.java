package org.autophage.metrics.neighbours;

import java.util.stream.IntStream;
import org.autophage.metrics.features.Features;

/**
 * Pairs of rows of two sets with bounds of their squared distances.
 *
 * @param rowSet where {@link #rows} belong
 * @param columnSet where {@link #columns} belong
 * @param rows a row of the one set for every pair
 * @param columns a row of the other set for every pair
 * @param lower the squared distance is at least this
 * @param upper the squared distance is at most this
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
record Pairs(Features rowSet, Features columnSet, int[] rows, int[] columns, double[] lower, double[] upper) {
    int count() {
        return rows.length;
    }

    /** Number of pairs of which the bounds do not say whether they are within a limit. */
    long undecided(double[] rowLimits, double[] columnLimits) {
        return IntStream.range(0, count())
                .filter(i -> straddles(i, rowLimits[rows[i]]) || straddles(i, columnLimits[columns[i]]))
                .count();
    }

    private boolean straddles(int pair, double limit) {
        return lower[pair] <= limit && limit <= upper[pair];
    }

    /** Squared distances of the chosen pairs, summed from differences in float64, on all processors. */
    double[] squaredDistances(int[] chosen) {
        return IntStream.of(chosen)
                .parallel()
                .mapToDouble(i -> rowSet.squaredDistance(rows[i], columnSet, columns[i]))
                .toArray();
    }
}
