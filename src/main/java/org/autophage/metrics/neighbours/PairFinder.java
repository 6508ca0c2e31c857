package org.autophage.metrics.neighbours;

import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Value;

/**
 * Finds the pairs of rows of two sets of features that are close to each other: what every metric of nearest neighbours
 * is made of. A fast matrix product on the device rules out the pairs whose distance is certainly too large; the few
 * that are left are measured exactly. See {@link PairSearch}.
 */
final class PairFinder implements AutoCloseable {
    /** Rows of a tile: 16 MiB of float32 distances between two tiles. */
    static final int TILE_ROWS = 2048;

    private final Device device;
    private final int tileRows;
    private final Program program;

    /** @param tileRows rows of either set that are compared at a time; bounds the memory, changes no result */
    PairFinder(Device device, int tileRows) {
        this.device = device;
        this.tileRows = tileRows;
        this.program = new Program(device, product(), kthSmallestOfRows(), kthSmallestOfColumns(), near());
    }

    /** Gets two sets ready, which may be one and the same. */
    PairSearch open(Features rows, Features columns) {
        rows.requireSameWidth(columns);
        return new PairSearch(device, program, tileRows, rows, columns);
    }

    /** Lower bounds of squared distances, by {@link Operand}'s layout one matrix product. */
    private static Graph product() {
        Graph graph = new Graph("lower_bounds");
        Value left = graph.input("left", Graph.ANY, Graph.ANY);
        Value right = graph.input("right", Graph.ANY, Graph.ANY);
        return graph.returns(left.matmul(right.transpose(0, 1)));
    }

    /** The k-th smallest of every row after adding something to every column. */
    private static Graph kthSmallestOfRows() {
        Graph graph = new Graph("kth_smallest_of_rows");
        Value lower = graph.input("lower", Graph.ANY, Graph.ANY);
        Value add = graph.input("add", Graph.ANY).reshape(1, Graph.ANY);
        return graph.returns(Functional.kthSmallest(lower.plus(add), graph.inputInteger("k")));
    }

    /** The k-th smallest of every column after adding something to every row. */
    private static Graph kthSmallestOfColumns() {
        Graph graph = new Graph("kth_smallest_of_columns");
        Value lower = graph.input("lower", Graph.ANY, Graph.ANY);
        Value add = graph.input("add", Graph.ANY).reshape(Graph.ANY, 1);
        Value transposed = lower.plus(add).transpose(0, 1);
        return graph.returns(Functional.kthSmallest(transposed, graph.inputInteger("k")));
    }

    /** Positions and values of what is at most the limit of its row or that of its column. */
    private static Graph near() {
        Graph graph = new Graph("near");
        Value lower = graph.input("lower", Graph.ANY, Graph.ANY);
        Value rowLimits = graph.input("row_limits", Graph.ANY).reshape(Graph.ANY, 1);
        Value columnLimits = graph.input("column_limits", Graph.ANY).reshape(1, Graph.ANY);
        Value positions = Functional.positions(
                Functional.either(Functional.atMost(lower, rowLimits), Functional.atMost(lower, columnLimits)));
        return graph.returns(positions, Functional.take(lower, positions).to(Graph.ElementType.FLOAT64));
    }

    @Override
    public void close() {
        program.close();
    }
}
