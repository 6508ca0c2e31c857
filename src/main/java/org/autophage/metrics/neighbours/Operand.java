package org.autophage.metrics.neighbours;

import java.nio.ByteBuffer;
import org.autophage.metrics.features.Features;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * Rows of features as one side of a matrix product that gives lower bounds of their squared distances. With x a centered
 * row and a = ‖x‖² − e(x) its squared norm less its share of the error ({@link Rounding#bound}), a left row is
 * (−2x, a, 1) and a right row is (y, 1, b), so that their product a − 2xᵀy + b is at most ‖x − y‖², and at least ‖x − y‖²
 * − 2e(x) − 2e(y), after all rounding.
 *
 * @param matrix (rows, width + 2)
 * @param errors 2e of every row, in units of the squared scale
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
record Operand(Tensor matrix, double[] errors) {
    enum Side {
        LEFT,
        RIGHT
    }

    /**
     * The rows from (inclusive) to to (exclusive).
     *
     * @param staging direct, for at least as many rows of float64
     */
    static Operand of(
            Scope scope,
            Features features,
            int from,
            int to,
            Centering centering,
            Rounding rounding,
            Side side,
            ByteBuffer staging) {
        int width = features.width();
        double[] row = new double[width];
        double[] errors = new double[to - from];
        double factor = side == Side.LEFT ? -2 : 1;
        staging.clear();
        for (int i = 0; i < errors.length; i++) {
            centering.row(features, from + i, row);
            double squaredNorm = 0;
            for (double x : row) {
                squaredNorm += x * x;
                rounding.put(staging, factor * x);
            }
            double error = rounding.bound(width, squaredNorm);
            errors[i] = 2 * error;
            rounding.put(staging, side == Side.LEFT ? squaredNorm - error : 1);
            rounding.put(staging, side == Side.LEFT ? 1 : squaredNorm - error);
        }
        return new Operand(rounding.tensor(scope, staging, errors.length, stride(width)), errors);
    }

    /** Columns of the matrix. */
    static int stride(int width) {
        return width + 2;
    }
}
