package org.autophage.metrics.features;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * The feature vectors of a set of samples: a matrix with one row a sample. Immutable.
 *
 * <p>Rows are held as float32, as extractors give them, or as float64; every computation reads them as float64, to which
 * float32 widens exactly, so that float32 features need half the memory and give the same numbers.
 */
public final class Features {
    private final int count;
    private final int width;
    private final boolean single;
    /** Row-major; of these two the one that is not used is empty. */
    private final float[] floats;

    private final double[] doubles;

    private Features(int width, float[] floats, double[] doubles) {
        int length = floats.length + doubles.length;
        if (width < 1 || length % width != 0) {
            throw new IllegalArgumentException("%d values are no rows of %d features".formatted(length, width));
        }
        this.count = length / width;
        this.width = width;
        this.single = floats.length > 0;
        this.floats = floats;
        this.doubles = doubles;
    }

    /**
     * Rows of the given width one after the other.
     *
     * @param values row-major; not to be written to afterwards
     */
    public static Features ofRows(int width, float[] values) {
        return new Features(width, values, new double[0]);
    }

    /**
     * Rows of the given width one after the other.
     *
     * @param values row-major; not to be written to afterwards
     */
    public static Features ofRows(int width, double[] values) {
        return new Features(width, new float[0], values);
    }

    /** Rows (count, width). */
    public static Features ofRows(double[][] rows) {
        return ofRows(
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

    /** One feature of one sample. */
    public double value(int row, int column) {
        int position = row * width + column;
        return single ? floats[position] : doubles[position];
    }

    /** The rows of the given numbers, in their order; a number may come several times. */
    public Features select(int[] rows) {
        if (single) {
            float[] chosen = new float[Math.multiplyExact(rows.length, width)];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(floats, rows[i] * width, chosen, i * width, width);
            }
            return ofRows(width, chosen);
        }
        double[] chosen = new double[Math.multiplyExact(rows.length, width)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(doubles, rows[i] * width, chosen, i * width, width);
        }
        return ofRows(width, chosen);
    }

    /** These rows and those of others of the same width behind them. */
    public Features followedBy(Features others) {
        requireSameWidth(others);
        double[] both = new double[Math.multiplyExact(count + others.count, width)];
        for (int i = 0; i < both.length; i++) {
            int row = i / width;
            both[i] = row < count ? value(row, i % width) : others.value(row - count, i % width);
        }
        return ofRows(width, both);
    }

    /** The values as float32, row-major: exact where they were given so, rounded where they were float64. */
    public float[] toFloats() {
        if (single) {
            return floats.clone();
        }
        float[] rounded = new float[doubles.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) doubles[i];
        }
        return rounded;
    }

    /** Whether all rows are equal: samples that have collapsed to one. */
    public boolean isConstant() {
        for (int row = 1; row < count; row++) {
            for (int column = 0; column < width; column++) {
                if (value(row, column) != value(0, column)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether all features of all rows are 0, so that they have no direction. */
    public boolean isZero() {
        return isConstant() && IntStream.range(0, width).allMatch(column -> value(0, column) == 0);
    }

    /** The first row that holds a NaN or an infinite value. */
    public OptionalInt firstNonFiniteRow() {
        for (int i = 0; i < count * width; i++) {
            if (!Double.isFinite(single ? floats[i] : doubles[i])) {
                return OptionalInt.of(i / width);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * These features.
     *
     * @param name what the features are to the person who gave them, such as a file
     * @throws AutophageException (usage) naming the first row that holds a NaN or an infinite value
     */
    public Features requireFinite(String name) {
        firstNonFiniteRow().ifPresent(row -> {
            int column = 0;
            while (Double.isFinite(value(row, column))) {
                column++;
            }
            throw AutophageException.usage("%s: feature %d of row %d is %s: must be a finite number"
                    .formatted(name, column, row, value(row, column)));
        });
        return this;
    }

    /** @throws AutophageException (usage) if the other features do not have the same dimension */
    public void requireSameWidth(Features other) {
        if (width != other.width) {
            throw AutophageException.usage("features of %d and of %d dimensions cannot be compared: must be the same"
                    .formatted(width, other.width));
        }
    }

    /**
     * Squared Euclidean distance between a row of these and a row of other features, in float64, summed from the
     * differences: without a matrix product's cancellation, so that a row is at 0 from its copy, and the same both ways
     * round, so that equal distances come out equal.
     */
    public double squaredDistance(int row, Features other, int otherRow) {
        double even = 0;
        double odd = 0;
        int column = 0;
        // Two sums, which the processor adds side by side.
        for (; column + 1 < width; column += 2) {
            double gap = value(row, column) - other.value(otherRow, column);
            double next = value(row, column + 1) - other.value(otherRow, column + 1);
            even += gap * gap;
            odd += next * next;
        }
        if (column < width) {
            double gap = value(row, column) - other.value(otherRow, column);
            even += gap * gap;
        }
        return even + odd;
    }

    /** The rows from (inclusive) to to (exclusive), float64 on the scope's device. */
    public Tensor block(Scope scope, int from, int to) {
        double[] block = new double[(to - from) * width];
        for (int i = 0; i < block.length; i++) {
            block[i] = value(from + i / width, i % width);
        }
        return scope.doubles(block, to - from, width);
    }
}
