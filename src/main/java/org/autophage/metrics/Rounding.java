package org.autophage.metrics;

import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The precision of a matrix product of which distances are made, and how far they can be off. */
enum Rounding {
    FLOAT32(0x1p-24, 0x1p-100),
    FLOAT64(0x1p-53, 0x1p-900);

    private final double unit;
    private final double underflow;

    Rounding(double unit, double underflow) {
        this.unit = unit;
        this.underflow = underflow;
    }

    /** Numbers on a device in this precision, each rounded to the nearest. */
    Tensor tensor(Scope scope, double[] numbers, long... dims) {
        if (this == FLOAT64) {
            return scope.doubles(numbers, dims);
        }
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return scope.floats(floats, dims);
    }

    /** A number that {@link #tensor} does not make smaller than the given one, unless it is next to nothing. */
    double raised(double number) {
        return number * (1 + 4 * unit);
    }

    /**
     * A bound e(x) such that the squared distance of centered rows x and y, computed as ‖x‖² + ‖y‖² − 2xᵀy by one matrix
     * product of width + 2 terms in this precision, differs from the true one by at most e(x) + e(y), whatever the order
     * in which the product adds (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1): γ(|x|ᵀ|y| twice
     * and both norms), which is at most 2γ(‖x‖² + ‖y‖²), with γ of the number of terms and 16 more for rounding the rows,
     * the norms and the limits that they are compared with.
     *
     * @param squaredNorm ‖x‖², of rows no longer than 2
     */
    double bound(int width, double squaredNorm) {
        double roundings = (width + 18.0) * unit;
        double gamma = roundings < 0.5 ? roundings / (1 - roundings) : 1e6;
        return 2 * gamma * squaredNorm + width * underflow;
    }
}
