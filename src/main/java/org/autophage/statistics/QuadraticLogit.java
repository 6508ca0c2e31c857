package org.autophage.statistics;

import java.util.Arrays;
import org.autophage.base.Interruptible;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * Logistic regression on all products of up to two coordinates: the logarithm of the ratio of two densities of which samples are
 * given. Of two Gaussians it is the very ratio but for the estimation. Newton's method; a weak ridge keeps samples that can be told apart
 * wholly from driving it off.
 */
public final class QuadraticLogit {
    private static final double RIDGE = 1e-6;
    private static final int MOST_STEPS = 50;
    private static final double CLOSE = 1e-10;

    private final int dimensions;
    private final double[] centre;
    private final double[] scale;
    private final double[] weights;

    private QuadraticLogit(int dimensions, double[] centre, double[] scale, double[] weights) {
        this.dimensions = dimensions;
        this.centre = centre;
        this.scale = scale;
        this.weights = weights;
    }

    /**
     * Fits ln p/q.
     *
     * @param p points of one law, shape (n, d), row-major
     * @param q as many of the other
     * @param dimensions d
     */
    public static QuadraticLogit fit(double[] p, double[] q, int dimensions) {
        if (p.length != q.length || p.length < 2 * dimensions) {
            throw new IllegalArgumentException(
                    p.length + " and " + q.length + " values: as many of both, and at least two points");
        }
        double[] all = Arrays.copyOf(p, 2 * p.length);
        System.arraycopy(q, 0, all, p.length, q.length);
        int points = all.length / dimensions;
        double[] centre = new double[dimensions];
        double[] scale = new double[dimensions];
        for (int i = 0; i < all.length; i++) {
            centre[i % dimensions] += all[i] / points;
        }
        for (int i = 0; i < all.length; i++) {
            scale[i % dimensions] += Math.pow(all[i] - centre[i % dimensions], 2) / points;
        }
        Arrays.setAll(scale, k -> scale[k] > 0 ? Math.sqrt(scale[k]) : 1);
        QuadraticLogit logit = new QuadraticLogit(dimensions, centre, scale, new double[terms(dimensions)]);
        double[][] rows = new double[points][];
        Arrays.setAll(rows, i -> logit.row(all, i * dimensions));
        logit.climb(rows);
        return logit;
    }

    private static int terms(int d) {
        return 1 + d + d * (d + 1) / 2;
    }

    private double[] row(double[] values, int at) {
        double[] row = new double[terms(dimensions)];
        row[0] = 1;
        int next = 1 + dimensions;
        for (int i = 0; i < dimensions; i++) {
            row[1 + i] = (values[at + i] - centre[i]) / scale[i];
        }
        for (int i = 0; i < dimensions; i++) {
            for (int j = i; j < dimensions; j++) {
                row[next++] = row[1 + i] * row[1 + j];
            }
        }
        return row;
    }

    /** The first half of the rows are p's. */
    private void climb(double[][] rows) {
        int terms = weights.length;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[terms];
            double[][] curvature = new double[terms][terms];
            for (int i = 0; i < rows.length; i++) {
                Interruptible.proceed();
                double probability = 1 / (1 + Math.exp(-dot(rows[i])));
                double error = (i < rows.length / 2 ? 1 : 0) - probability;
                double weight = probability * (1 - probability);
                for (int a = 0; a < terms; a++) {
                    gradient[a] += error * rows[i][a];
                    for (int b = a; b < terms; b++) {
                        curvature[a][b] += weight * rows[i][a] * rows[i][b];
                    }
                }
            }
            for (int a = 0; a < terms; a++) {
                gradient[a] -= RIDGE * rows.length * weights[a];
                curvature[a][a] += RIDGE * rows.length;
                for (int b = 0; b < a; b++) {
                    curvature[a][b] = curvature[b][a];
                }
            }
            double[] change = new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false), 1e-9, 0)
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false))
                    .toArray();
            double largest = 0;
            for (int a = 0; a < terms; a++) {
                weights[a] += change[a];
                largest = Math.max(largest, Math.abs(change[a]));
            }
            if (largest < CLOSE) {
                return;
            }
        }
    }

    private double dot(double[] row) {
        double sum = 0;
        for (int a = 0; a < row.length; a++) {
            sum += weights[a] * row[a];
        }
        return sum;
    }

    /** ln p/q at the point {@code values[at]}, …. */
    public double at(double[] values, int at) {
        return dot(row(values, at));
    }
}
