package org.autophage.program;

import java.util.Arrays;
import java.util.List;

/** Ops on batches: of discrete distributions, of matrices, and of sums of exponentials. */
public final class Batched {
    private Batched() {}

    /**
     * Draws positions with replacement, each as often as its weight says; one of weight 0 is never drawn.
     *
     * @param weights (B, K), at least 0, in no row all 0
     * @param count positions to draw from each row
     * @return int64, (B, count)
     */
    public static Value draw(Value weights, long count) {
        return weights.graph().emit(new long[] {weights.dim(0), count}, "torch.multinomial", weights, count, true);
    }

    /**
     * The elements along dimension 1 at positions of each row's own.
     *
     * @param x (B, K, …)
     * @param positions int64, (B, M), in [0, K)
     * @return (B, M, …)
     */
    public static Value select(Value x, Value positions) {
        long[] index = new long[x.rank()];
        long[] dims = x.dims().clone();
        Arrays.fill(index, 1);
        index[0] = positions.dim(0);
        index[1] = positions.dim(1);
        dims[1] = positions.dim(1);
        return x.graph().emit(dims, "torch.take_along_dim", x, positions.reshape(index), 1L);
    }

    /** ln Σ exp x over one dimension, which is kept with size 1, without overflow; −∞ among the x counts nothing. */
    public static Value logSumExp(Value x, int dimension) {
        long[] dims = x.dims().clone();
        dims[dimension] = 1;
        return x.graph().emit(dims, "torch.logsumexp", x, new long[] {dimension}, true);
    }

    /** The smallest elements along one dimension, which is kept with size 1. */
    public static Value least(Value x, int dimension) {
        long[] dims = x.dims().clone();
        dims[dimension] = 1;
        return x.graph().emit(dims, "torch.amin", x, new long[] {dimension}, true);
    }

    /** Euclidean distances between rows, (B, N, d) and (B, M, d), of each pair of matrices, from differences: (B, N, M). */
    public static Value distances(Value x, Value y) {
        return x.graph().emit(new long[] {y.dim(0), x.dim(1), y.dim(1)}, "torch.cdist", x, y, 2.0, 2L);
    }

    /** L, lower triangular, with LLᵀ = A, of symmetric matrices (…, n, n); infinite where A is not positive definite. */
    public static Value cholesky(Value matrix) {
        Graph graph = matrix.graph();
        long[] batch = Arrays.copyOf(matrix.dims(), matrix.rank() - 2);
        List<Value> found = graph.emitTuple(
                List.of(matrix.dims(), batch),
                "torch.linalg_cholesky_ex",
                matrix,
                new Graph.Keyword("upper", false),
                new Graph.Keyword("check_errors", false));
        long[] column = Arrays.copyOf(batch, matrix.rank());
        column[batch.length] = 1;
        column[batch.length + 1] = 1;
        Value failed = graph.emit(batch, "torch.ne", found.get(1), 0L).reshape(column);
        return graph.emit(matrix.dims(), "torch.masked_fill", found.get(0), failed, Double.POSITIVE_INFINITY);
    }

    /** The identity matrix (n, n), float64, on the device of another value. */
    public static Value identity(Value like, long n) {
        return like.graph()
                .emit(
                        new long[] {n, n},
                        "torch.eye",
                        n,
                        new Graph.Keyword("dtype", Graph.ElementType.FLOAT64),
                        new Graph.Keyword("layout", null),
                        new Graph.Keyword("device", like.graph().device(like)),
                        new Graph.Keyword("pin_memory", null));
    }

    /** The diagonals (…, n) of matrices (…, n, n). */
    public static Value diagonal(Value matrix) {
        return matrix.graph()
                .emit(Arrays.copyOf(matrix.dims(), matrix.rank() - 1), "torch.diagonal", matrix, 0L, -2L, -1L);
    }

    /** X with LX = B, of lower triangular matrices L (…, n, n), all with the same B (n, m). */
    public static Value solveLower(Value triangle, Value right) {
        long[] dims = triangle.dims().clone();
        dims[dims.length - 1] = right.dim(1);
        return right.graph()
                .emit(
                        dims,
                        "torch.linalg_solve_triangular",
                        triangle,
                        right,
                        new Graph.Keyword("upper", false),
                        new Graph.Keyword("left", true),
                        new Graph.Keyword("unitriangular", false));
    }
}
