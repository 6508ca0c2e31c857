package org.autophage.metrics.neighbours;

/**
 * The k nearest neighbours of every row of a set.
 *
 * @param k neighbours a row
 * @param distances (rows, k), ascending in a row, Euclidean, in units of the features
 * @param indices (rows, k): which rows of the other set they are; of several at the same distance any may stand here,
 *     but the first of them where k is 1 and the sets are two
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record NearestNeighbours(int k, double[] distances, int[] indices) {
    /** Number of rows. */
    public int count() {
        return distances.length / k;
    }

    /** The distances of all rows to their neighbour of one rank, the nearest being 1. */
    public double[] distancesTo(int rank) {
        double[] chosen = new double[count()];
        for (int row = 0; row < chosen.length; row++) {
            chosen[row] = distances[row * k + rank - 1];
        }
        return chosen;
    }
}
