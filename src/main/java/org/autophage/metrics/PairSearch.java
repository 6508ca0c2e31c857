package org.autophage.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final List<Operand> columnOperands = new ArrayList<>();

    PairSearch(Device device, Program program, int tileRows, Features rows, Features columns) {
        this.scope = device.newScope();
        this.program = program;
        this.rows = rows;
        this.columns = columns;
        this.rowTiles = Tile.of(rows.count(), tileRows);
        this.columnTiles = Tile.of(columns.count(), tileRows);
        this.centering = rows == columns ? Centering.of(rows) : Centering.of(rows, columns);
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

    List<Tile> rowTiles() {
        return rowTiles;
    }

    List<Tile> columnTiles() {
        return columnTiles;
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

        int firstRow() {
            return tile.from();
        }

        /**
         * An upper bound, for each of the tile's rows, of its k-th smallest squared distance to the columns of a tile;
         * infinite where the tile has fewer than k columns.
         */
        double[] kthSmallest(int columnTile, int k) {
            double[] bounds = new double[tile.size()];
            Operand right = columnOperands.get(columnTile);
            if (right.errors().length < k) {
                Arrays.fill(bounds, Double.POSITIVE_INFINITY);
                return bounds;
            }
            try (Scope calling = tileScope.newScope()) {
                Tensor lower = program.run(calling, "lower_bounds", left.matrix(), right.matrix())
                        .get(0);
                Tensor errors = Rounding.FLOAT32.tensor(calling, right.errors(), 1, right.errors().length);
                float[] smallest = program.run(calling, "kth_smallest", lower, errors, (double) k)
                        .get(0)
                        .toFloats();
                for (int i = 0; i < bounds.length; i++) {
                    bounds[i] = unscaled(smallest[i] + left.errors()[i]);
                }
            }
            return bounds;
        }

        /**
         * All pairs of one of the tile's rows and a column of a tile whose squared distance can be at most the row's
         * limit or the column's, ordered by row, then by column.
         *
         * @param rowLimits one for every row of the whole set; a negative one for none
         * @param columnLimits one for every column of the whole set
         */
        Pairs near(int columnTile, double[] rowLimits, double[] columnLimits) {
            Tile across = columnTiles.get(columnTile);
            Pairs pairs;
            try (Scope calling = tileScope.newScope()) {
                Operand right = columnOperands.get(columnTile);
                pairs = near(calling, Rounding.FLOAT32, left, right, across, rowLimits, columnLimits);
            }
            if (pairs.undecided(rowLimits, columnLimits) <= (long) tile.size() * across.size() / UNDECIDED_SHARE) {
                return pairs;
            }
            try (Scope calling = tileScope.newScope()) {
                Operand fineLeft = operand(calling, rows, tile, Rounding.FLOAT64, Operand.Side.LEFT);
                Operand fineRight = operand(calling, columns, across, Rounding.FLOAT64, Operand.Side.RIGHT);
                return near(calling, Rounding.FLOAT64, fineLeft, fineRight, across, rowLimits, columnLimits);
            }
        }

        private Pairs near(
                Scope calling,
                Rounding rounding,
                Operand one,
                Operand other,
                Tile across,
                double[] rowLimits,
                double[] columnLimits) {
            Tensor lower = program.run(calling, "lower_bounds", one.matrix(), other.matrix())
                    .get(0);
            List<Tensor> found = program.run(
                    calling,
                    "near",
                    lower,
                    rounding.tensor(calling, scaled(rowLimits, tile, rounding), tile.size(), 1),
                    rounding.tensor(calling, scaled(columnLimits, across, rounding), 1, across.size()));
            long[] positions = found.get(0).toLongs();
            double[] bounds = found.get(1).toDoubles();
            int[] rowNumbers = new int[positions.length];
            int[] columnNumbers = new int[positions.length];
            double[] upper = new double[positions.length];
            for (int i = 0; i < positions.length; i++) {
                int row = (int) (positions[i] / across.size());
                int column = (int) (positions[i] % across.size());
                rowNumbers[i] = tile.from() + row;
                columnNumbers[i] = across.from() + column;
                upper[i] = unscaled(bounds[i] + one.errors()[row] + other.errors()[column]);
                bounds[i] = unscaled(bounds[i]);
            }
            return new Pairs(rows, columns, rowNumbers, columnNumbers, bounds, upper);
        }

        @Override
        public void close() {
            tileScope.close();
        }
    }

    private Operand operand(Scope owner, Features features, Tile tile, Rounding rounding, Operand.Side side) {
        return Operand.of(owner, features, tile.from(), tile.to(), centering, rounding, side);
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
