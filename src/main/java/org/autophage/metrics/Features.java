package org.autophage.metrics;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The feature vectors of a set of samples: a matrix with one row a sample, float64. Immutable. */
public final class Features {
    private final int count;
    private final int width;
    private final double[] values;

    private Features(int width, double[] values) {
        if (width < 1 || values.length % width != 0) {
            throw new IllegalArgumentException("%d values are no rows of %d features".formatted(values.length, width));
        }
        this.count = values.length / width;
        this.width = width;
        this.values = values;
    }

    /**
     * Rows of the given width one after the other.
     *
     * @param values row-major; not to be written to afterwards
     */
    public static Features ofRows(int width, double[] values) {
        return new Features(width, values);
    }

    /** Rows (count, width). */
    public static Features ofRows(double[][] rows) {
        return new Features(
                rows[0].length,
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }

    /** Number of samples. */
    public int count() {
        return count;
    }

    /** Number of features of one sample. */
    public int width() {
        return width;
    }

    /** The first row that holds a NaN or an infinite value. */
    public OptionalInt firstNonFiniteRow() {
        return IntStream.range(0, values.length)
                .filter(i -> !Double.isFinite(values[i]))
                .map(i -> i / width)
                .findFirst();
    }

    /** The rows from (inclusive) to to (exclusive), float64 on the scope's device. */
    Tensor block(Scope scope, int from, int to) {
        return scope.doubles(Arrays.copyOfRange(values, from * width, to * width), to - from, width);
    }

    /** All rows, float64 on the scope's device. */
    Tensor all(Scope scope) {
        return scope.doubles(values, count, width);
    }
}
