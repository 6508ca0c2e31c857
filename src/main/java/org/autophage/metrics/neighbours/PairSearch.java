package org.autophage.metrics.neighbours;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * Two sets of features on the device, cut into tiles of rows. Memory beside the features is one float32 copy of the
 * columns and a few matrices of tile by tile, whatever the number of rows.
 *
 * <p>All limits and distances here are squared, in squared units of the features.
 */
final class PairSearch implements AutoCloseable {
    /** A tile with more undecided pairs than one in so many is done again in float64, which costs less than they do. */
    private static final int UNDECIDED_SHARE = 32;

    private final Scope scope;
    private final Program program;
    private final Features rows;
    private final Features columns;
    private final List<Tile> rowTiles;
    private final List<Tile> columnTiles;
    private final Centering centering;
    private final ByteBuffer staging;
    private final List<Operand> columnOperands = new ArrayList<>();

    PairSearch(Device device, Program program, int tileRows, Features rows, Features columns) {
        this.scope = device.newScope();
        this.program = program;
        this.rows = rows;
        this.columns = columns;
        this.rowTiles = Tile.of(rows.count(), tileRows);
        this.columnTiles = Tile.of(columns.count(), tileRows);
        this.centering = rows == columns ? Centering.of(rows) : Centering.of(rows, columns);
        int stagingRows = Math.min(tileRows, Math.max(rows.count(), columns.count()));
        this.staging = ByteBuffer.allocateDirect(
                        Math.multiplyExact(stagingRows * Double.BYTES, Operand.stride(rows.width())))
                .order(ByteOrder.nativeOrder());
        for (Tile tile : columnTiles) {
            columnOperands.add(operand(scope, columns, tile, Rounding.FLOAT32, Operand.Side.RIGHT));
        }
    }

    /** Rows from (inclusive) to to (exclusive). */
    record Tile(int from, int to) {
        int size() {
            return to - from;
        }

        /** Tiles of nearly the same size, at most the given one. */
        static List<Tile> of(int count, int size) {
            int tiles = Math.max(1, (count + size - 1) / size);
            List<Tile> list = new ArrayList<>();
            for (int i = 0; i < tiles; i++) {
                list.add(new Tile((int) ((long) count * i / tiles), (int) ((long) count * (i + 1) / tiles)));
            }
            return list;
        }
    }

    int rowTiles() {
        return rowTiles.size();
    }

    int columnTiles() {
        return columnTiles.size();
    }

    /** The rows of one tile, ready to be compared with tiles of columns. */
    RowTile open(int rowTile) {
        return new RowTile(rowTiles.get(rowTile));
    }

    /** One tile of rows on the device. */
    final class RowTile implements AutoCloseable {
        private final Tile tile;
        private final Scope tileScope = scope.newScope();
        private final Operand left;

        private RowTile(Tile tile) {
            this.tile = tile;
            this.left = operand(tileScope, rows, tile, Rounding.FLOAT32, Operand.Side.LEFT);
        }

        /** Compares the tile's rows with those of a tile of columns. */
        TilePair across(int columnTile) {
            return new TilePair(tile, left, columnTiles.get(columnTile), columnOperands.get(columnTile));
        }

        @Override
        public void close() {
            tileScope.close();
        }
    }

    /** A tile of rows against a tile of columns: lower bounds of all their squared distances on the device. */
    final class TilePair implements AutoCloseable {
        private final Tile down;
        private final Tile across;
        private final Operand left;
        private final Operand right;
        private final Scope pairScope = scope.newScope();
        private final Tensor lower;

        private TilePair(Tile down, Operand left, Tile across, Operand right) {
            this.down = down;
            this.left = left;
            this.across = across;
            this.right = right;
            this.lower = lowerBounds(pairScope, left, right);
        }

        int firstRow() {
            return down.from();
        }

        int firstColumn() {
            return across.from();
        }

        /**
         * An upper bound, for each of the rows, of its k-th smallest squared distance to these columns; infinite where
         * there are fewer than k.
         */
        double[] kthSmallestOfRows(int k) {
            return kthSmallest("kth_smallest_of_rows", k, left, right);
        }

        /** An upper bound, for each of the columns, of its k-th smallest squared distance to these rows. */
        double[] kthSmallestOfColumns(int k) {
            return kthSmallest("kth_smallest_of_columns", k, right, left);
        }

        private double[] kthSmallest(String method, int k, Operand of, Operand among) {
            double[] bounds = new double[of.errors().length];
            if (among.errors().length < k) {
                Arrays.fill(bounds, Double.POSITIVE_INFINITY);
                return bounds;
            }
            try (Scope calling = pairScope.newScope()) {
                Tensor errors = vector(calling, among.errors(), Rounding.FLOAT32);
                float[] smallest = program.run(calling, method, lower, errors, (double) k)
                        .get(0)
                        .toFloats();
                for (int i = 0; i < bounds.length; i++) {
                    bounds[i] = unscaled(smallest[i] + of.errors()[i]);
                }
            }
            return bounds;
        }

        /**
         * All pairs of a row and a column whose squared distance can be at most the row's limit or the column's, ordered
         * by row, then by column.
         *
         * @param rowLimits one for every row of the whole set; a negative one for none
         * @param columnLimits one for every column of the whole set
         */
        Pairs near(double[] rowLimits, double[] columnLimits) {
            Pairs pairs = near(Rounding.FLOAT32, left, right, lower, rowLimits, columnLimits);
            if (pairs.undecided(rowLimits, columnLimits) <= (long) down.size() * across.size() / UNDECIDED_SHARE) {
                return pairs;
            }
            try (Scope calling = pairScope.newScope()) {
                Operand fineLeft = operand(calling, rows, down, Rounding.FLOAT64, Operand.Side.LEFT);
                Operand fineRight = operand(calling, columns, across, Rounding.FLOAT64, Operand.Side.RIGHT);
                Tensor fine = lowerBounds(calling, fineLeft, fineRight);
                return near(Rounding.FLOAT64, fineLeft, fineRight, fine, rowLimits, columnLimits);
            }
        }

        private Pairs near(
                Rounding rounding,
                Operand one,
                Operand other,
                Tensor bounds,
                double[] rowLimits,
                double[] columnLimits) {
            long[] positions;
            double[] least;
            try (Scope calling = pairScope.newScope()) {
                Tensor downLimits = vector(calling, scaled(rowLimits, down, rounding), rounding);
                Tensor acrossLimits = vector(calling, scaled(columnLimits, across, rounding), rounding);
                List<Tensor> found = program.run(calling, "near", bounds, downLimits, acrossLimits);
                positions = found.get(0).toLongs();
                least = found.get(1).toDoubles();
            }
            int[] rowNumbers = new int[positions.length];
            int[] columnNumbers = new int[positions.length];
            double[] most = new double[positions.length];
            for (int i = 0; i < positions.length; i++) {
                int row = (int) (positions[i] / across.size());
                int column = (int) (positions[i] % across.size());
                rowNumbers[i] = down.from() + row;
                columnNumbers[i] = across.from() + column;
                most[i] = unscaled(least[i] + one.errors()[row] + other.errors()[column]);
                least[i] = unscaled(least[i]);
            }
            return new Pairs(rows, columns, rowNumbers, columnNumbers, least, most);
        }

        @Override
        public void close() {
            pairScope.close();
        }
    }

    private Tensor lowerBounds(Scope owner, Operand left, Operand right) {
        return program.run(owner, "lower_bounds", left.matrix(), right.matrix()).get(0);
    }

    private Operand operand(Scope owner, Features features, Tile tile, Rounding rounding, Operand.Side side) {
        return Operand.of(owner, features, tile.from(), tile.to(), centering, rounding, side, staging);
    }

    private Tensor vector(Scope owner, double[] numbers, Rounding rounding) {
        staging.clear();
        for (double number : numbers) {
            rounding.put(staging, number);
        }
        return rounding.tensor(owner, staging, numbers.length);
    }

    private double unscaled(double squared) {
        return squared / centering.scale() / centering.scale();
    }

    private double[] scaled(double[] limits, Tile tile, Rounding rounding) {
        double[] scaled = new double[tile.size()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = rounding.raised(limits[tile.from() + i] * centering.scale() * centering.scale());
        }
        return scaled;
    }

    @Override
    public void close() {
        scope.close();
    }
}
