package org.autophage.statistics;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Ridge regression of several values on several variables, with an intercept that is not shrunk (Hoerl and Kennard 1970).
 *
 * @param weights (variables, values)
 * @param variables their means
 * @param values their means
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record Ridge(double[][] weights, double[] variables, double[] values) {
    /**
     * Fits: W = (XᵀX / n + diag(penalty · s²))⁻¹ XᵀY / n of centred X and Y, with s² the variables' variances.
     *
     * @param x (rows, variables)
     * @param y (rows, values)
     * @param penalty above 0
     */
    public static Ridge fit(double[][] x, double[][] y, double penalty) {
        double[] meanOfX = means(x);
        double[] meanOfY = means(y);
        RealMatrix centred = centred(x, meanOfX);
        RealMatrix transposed = centred.transpose();
        RealMatrix square = transposed.multiply(centred).scalarMultiply(1.0 / x.length);
        for (int i = 0; i < meanOfX.length; i++) {
            double variance = square.getEntry(i, i);
            square.setEntry(i, i, variance + penalty * (variance > 0 ? variance : 1));
        }
        RealMatrix right = transposed.multiply(centred(y, meanOfY)).scalarMultiply(1.0 / x.length);
        return new Ridge(
                new CholeskyDecomposition(square).getSolver().solve(right).getData(), meanOfX, meanOfY);
    }

    /** The values that are expected where the variables are these. */
    public double[] at(double[] x) {
        double[] y = values.clone();
        for (int i = 0; i < x.length; i++) {
            double deviation = x[i] - variables[i];
            for (int j = 0; j < y.length; j++) {
                y[j] += deviation * weights[i][j];
            }
        }
        return y;
    }

    private static double[] means(double[][] rows) {
        double[] means = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < means.length; j++) {
                means[j] += row[j] / rows.length;
            }
        }
        return means;
    }

    private static RealMatrix centred(double[][] rows, double[] means) {
        RealMatrix centred = new Array2DRowRealMatrix(rows);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < means.length; j++) {
                centred.addToEntry(i, j, -means[j]);
            }
        }
        return centred;
    }
}
