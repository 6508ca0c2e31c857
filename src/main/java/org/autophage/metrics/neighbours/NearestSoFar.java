package org.autophage.metrics.neighbours;

import java.util.Arrays;

/** The k nearest of every row among those offered, while a search is under way. Distances are squared. */
final class NearestSoFar {
    private final int k;
    /** (rows, k), ascending in a row. */
    private final double[] squared;

    private final int[] indices;
    private final double[] limits;

    NearestSoFar(int rows, int k) {
        this.k = k;
        this.squared = new double[Math.multiplyExact(rows, k)];
        this.indices = new int[squared.length];
        this.limits = new double[rows];
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
        Arrays.fill(indices, -1);
        Arrays.fill(limits, Double.POSITIVE_INFINITY);
    }

    /** Tells that the k-th nearest of rows from the given one on is at most so far away. */
    void limit(int fromRow, double[] upperBounds) {
        System.arraycopy(upperBounds, 0, limits, fromRow, upperBounds.length);
    }

    /** What is farther away than this, one a row, is of no interest any more; negative where nothing is. */
    double[] limits() {
        return limits;
    }

    boolean admits(int row, double lowerBound) {
        return lowerBound <= limits[row];
    }

    void offer(int row, int neighbour, double distance) {
        int last = (row + 1) * k - 1;
        if (!(distance < squared[last])) {
            return;
        }
        int place = last;
        for (; place > row * k && distance < squared[place - 1]; place--) {
            squared[place] = squared[place - 1];
            indices[place] = indices[place - 1];
        }
        squared[place] = distance;
        indices[place] = neighbour;
        // Nothing is nearer than a copy.
        limits[row] = squared[last] == 0 ? Double.NEGATIVE_INFINITY : Math.min(limits[row], squared[last]);
    }

    NearestNeighbours found() {
        return new NearestNeighbours(k, Arrays.stream(squared).map(Math::sqrt).toArray(), indices);
    }
}
