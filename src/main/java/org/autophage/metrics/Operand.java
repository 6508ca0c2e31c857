package org.autophage.metrics;

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

    /** The rows from (inclusive) to to (exclusive). */
    static Operand of(
            Scope scope, Features features, int from, int to, Centering centering, Rounding rounding, Side side) {
        int width = features.width();
        int stride = width + 2;
        double[] row = new double[width];
        double[] errors = new double[to - from];
        double[] matrix = new double[errors.length * stride];
        double factor = side == Side.LEFT ? -2 : 1;
        for (int i = 0; i < errors.length; i++) {
            centering.row(features, from + i, row);
            double squaredNorm = 0;
            for (double x : row) {
                squaredNorm += x * x;
            }
            double error = rounding.bound(width, squaredNorm);
            errors[i] = 2 * error;
            double first = side == Side.LEFT ? squaredNorm - error : 1;
            double second = side == Side.LEFT ? 1 : squaredNorm - error;
            int start = i * stride;
            for (int column = 0; column < width; column++) {
                matrix[start + column] = factor * row[column];
            }
            matrix[start + width] = first;
            matrix[start + width + 1] = second;
        }
        return new Operand(rounding.tensor(scope, matrix, errors.length, stride), errors);
    }
}
