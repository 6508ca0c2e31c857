package org.autophage.metrics.neighbours;

import java.nio.ByteBuffer;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The precision of a matrix product of which distances are made, and how far they can be off. */
enum Rounding {
    FLOAT32(ElementType.FLOAT32, 0x1p-24, 0x1p-100),
    FLOAT64(ElementType.FLOAT64, 0x1p-53, 0x1p-900);

    private final ElementType type;
    private final double unit;
    private final double underflow;

    Rounding(ElementType type, double unit, double underflow) {
        this.type = type;
        this.unit = unit;
        this.underflow = underflow;
    }

    /** Appends a number to a buffer, rounded to the nearest. */
    void put(ByteBuffer buffer, double number) {
        if (this == FLOAT32) {
            buffer.putFloat((float) number);
        } else {
            buffer.putDouble(number);
        }
    }

    /** A copy, on a device, of what was put into a direct buffer. */
    Tensor tensor(Scope scope, ByteBuffer buffer, long... dims) {
        return scope.copyOf(buffer.flip(), type, dims);
    }

    /** A number that {@link #put} does not make smaller than the given one, unless it is next to nothing. */
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
