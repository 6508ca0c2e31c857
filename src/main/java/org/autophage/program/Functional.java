package org.autophage.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.program.Graph.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * The ops of neural networks, on NCHW tensors, as in PyTorch's {@code torch.nn.functional}. Shapes are checked while the
 * graph is recorded.
 */
public final class Functional {
    private Functional() {}

    /** x Wᵀ + b; x (…, in), weight (out, in), bias (out) or null. */
    public static Value linear(Value x, Value weight, @Nullable Value bias) {
        require(x.dim(-1) == weight.dim(1), "linear", x, weight);
        long[] dims = x.dims().clone();
        dims[dims.length - 1] = weight.dim(0);
        return x.graph().emit(dims, "torch.linear", x, weight, bias);
    }

    /** Cross-correlation; x (N, in, H, W), weight (out, in, k, k), bias (out) or null. */
    public static Value conv2d(Value x, Value weight, @Nullable Value bias, int stride, int padding) {
        require(x.rank() == 4 && x.dim(1) == weight.dim(1), "conv2d", x, weight);
        long height = (x.dim(2) + 2L * padding - weight.dim(2)) / stride + 1;
        long width = (x.dim(3) + 2L * padding - weight.dim(3)) / stride + 1;
        return x.graph()
                .emit(
                        new long[] {x.dim(0), weight.dim(0), height, width},
                        "torch.conv2d",
                        x,
                        weight,
                        bias,
                        new long[] {stride, stride},
                        new long[] {padding, padding},
                        new long[] {1, 1},
                        1L);
    }

    /** The transpose of {@link #conv2d}; x (N, in, H, W), weight (in, out, k, k), bias (out) or null. */
    public static Value convTranspose2d(Value x, Value weight, @Nullable Value bias, int stride, int padding) {
        require(x.rank() == 4 && x.dim(1) == weight.dim(0), "convTranspose2d", x, weight);
        long height = (x.dim(2) - 1) * stride - 2L * padding + weight.dim(2);
        long width = (x.dim(3) - 1) * stride - 2L * padding + weight.dim(3);
        return x.graph()
                .emit(
                        new long[] {x.dim(0), weight.dim(1), height, width},
                        "torch.conv_transpose2d",
                        x,
                        weight,
                        bias,
                        new long[] {stride, stride},
                        new long[] {padding, padding},
                        new long[] {0, 0},
                        1L,
                        new long[] {1, 1});
    }

    /** Group normalization over groups of channels (arXiv 1803.08494); scale and shift (channels). */
    public static Value groupNorm(Value x, int groups, Value scale, Value shift) {
        require(x.dim(1) % groups == 0 && x.dim(1) == scale.dim(0), "groupNorm", x, scale);
        return x.graph().emit(x.dims(), "torch.group_norm", x, (long) groups, scale, shift, 1e-5, false);
    }

    /** Scaled dot-product attention (arXiv 1706.03762) of queries, keys and values (N, tokens, width). */
    public static Value attention(Value query, Value key, Value value) {
        require(query.dim(-1) == key.dim(-1) && key.dim(-2) == value.dim(-2), "attention", query, key);
        return query.graph().emit(query.dims(), "torch.scaled_dot_product_attention", query, key, value);
    }

    /** Every pixel becomes a factor × factor block. */
    public static Value upsampleNearest(Value x, int factor) {
        long[] dims = {x.dim(0), x.dim(1), x.dim(2) * factor, x.dim(3) * factor};
        return x.graph().emit(dims, "torch.upsample_nearest2d", x, new long[] {dims[2], dims[3]});
    }

    /**
     * Linear interpolation to factor times the size; inside the image, for a factor of 2, the filter (1, 3, 3, 1)/4 along
     * either axis.
     */
    public static Value upsampleBilinear(Value x, int factor) {
        long[] dims = {x.dim(0), x.dim(1), x.dim(2) * factor, x.dim(3) * factor};
        return x.graph().emit(dims, "torch.upsample_bilinear2d", x, new long[] {dims[2], dims[3]}, false);
    }

    /** Mean over windows of size × size, without overlap. */
    public static Value averagePool(Value x, int size) {
        long[] dims = {x.dim(0), x.dim(1), x.dim(2) / size, x.dim(3) / size};
        return x.graph().emit(dims, "torch.avg_pool2d", x, new long[] {size, size});
    }

    /** Maximum over windows of size × size, without overlap. */
    public static Value maxPool(Value x, int size) {
        long[] dims = {x.dim(0), x.dim(1), x.dim(2) / size, x.dim(3) / size};
        return x.graph().emit(dims, "torch.max_pool2d", x, new long[] {size, size});
    }

    /** (N, C, H, W) to (N, C·f², H/f, W/f): each f × f block of pixels becomes channels. */
    public static Value pixelUnshuffle(Value x, int factor) {
        require(x.dim(2) % factor == 0 && x.dim(3) % factor == 0, "pixelUnshuffle", x, x);
        long[] dims = {x.dim(0), x.dim(1) * factor * factor, x.dim(2) / factor, x.dim(3) / factor};
        return x.graph().emit(dims, "torch.pixel_unshuffle", x, (long) factor);
    }

    /** The inverse of {@link #pixelUnshuffle}. */
    public static Value pixelShuffle(Value x, int factor) {
        require(x.dim(1) % ((long) factor * factor) == 0, "pixelShuffle", x, x);
        long[] dims = {x.dim(0), x.dim(1) / factor / factor, x.dim(2) * factor, x.dim(3) * factor};
        return x.graph().emit(dims, "torch.pixel_shuffle", x, (long) factor);
    }

    /** Rows of a table (entries, width) by int64 indices (N). */
    public static Value embedding(Value table, Value indices) {
        return table.graph().emit(new long[] {indices.dim(0), table.dim(1)}, "torch.embedding", table, indices);
    }

    public static Value softmax(Value x) {
        return x.graph().emit(x.dims(), "torch.softmax", x, -1L);
    }

    /** Mean over the batch of −ln softmax(logits)[label]; logits (N, classes), int64 labels (N). */
    public static Value crossEntropy(Value logits, Value labels) {
        return logits.graph().emit(new long[0], "torch.cross_entropy_loss", logits, labels);
    }

    /** −(t ln p + (1 − t) ln(1 − p)) of every element, p = sigmoid(logit); targets t in [0, 1], of the same shape. */
    public static Value binaryCrossEntropy(Value logits, Value targets) {
        return logits.graph()
                .emit(logits.dims(), "torch.binary_cross_entropy_with_logits", logits, targets, null, null, 0L);
    }

    /** Index of the largest element of every row, int64. */
    public static Value argmax(Value x) {
        return x.graph().emit(withoutLast(x), "torch.argmax", x, -1L);
    }

    /** Elements of one where the condition holds, of two elsewhere. */
    public static Value where(Value condition, Value one, Value two) {
        return one.graph().emit(one.dims(), "torch.where", condition, one, two);
    }

    /** Where elements of two tensors are equal, which broadcast against each other; a tensor of truth values. */
    public static Value equal(Value one, Value other) {
        return one.graph().emit(Value.broadcast(one, other), "torch.eq", one, other);
    }

    /** The numbers 0, 1, … below a count, on the device of another value. */
    public static Value range(Value like, long count, ElementType type) {
        return like.graph()
                .emit(
                        new long[] {count},
                        "torch.arange",
                        count,
                        new Graph.Keyword("dtype", type),
                        new Graph.Keyword("device", like.graph().device(like)));
    }

    /** A tensor so many times after itself along each dimension; times has one number a dimension. */
    public static Value repeat(Value x, long... times) {
        long[] dims = x.dims().clone();
        for (int i = 0; i < dims.length; i++) {
            dims[i] = dims[i] == Graph.ANY ? Graph.ANY : dims[i] * times[i];
        }
        return x.graph().emit(dims, "torch.repeat", x, times);
    }

    /** Whether elements are less than a number; a tensor of truth values. */
    public static Value lessThan(Value x, double number) {
        return x.graph().emit(x.dims(), "torch.lt", x, number);
    }

    /**
     * Zeroes elements with the given probability and scales the others by 1/(1 − probability).
     *
     * @param x any tensor; for methods that train only
     */
    public static Value dropout(Value x, double probability) {
        return x.graph().emit(x.dims(), "torch.dropout", x, probability, true);
    }

    /**
     * Resamples every image through its own affine map, bilinearly; outside, the border repeats.
     *
     * @param x (N, C, H, W)
     * @param matrices (N, 2, 3): from coordinates (x, y, 1) of the result to (x, y) of the image, both with −1 and 1 at
     *     the outer edges
     */
    public static Value affine(Value x, Value matrices) {
        require(
                x.rank() == 4 && x.dim(0) != Graph.ANY && x.dim(0) == matrices.dim(0) && matrices.dim(2) == 3,
                "affine",
                x,
                matrices);
        Value grid = x.graph()
                .emit(
                        new long[] {x.dim(0), x.dim(2), x.dim(3), 2},
                        "torch.affine_grid_generator",
                        matrices,
                        x.dims(),
                        false);
        return x.graph().emit(x.dims(), "torch.grid_sampler", x, grid, 0L, 1L, false);
    }

    /** Splits one dimension into equal parts. */
    public static List<Value> chunk(Value x, int parts, int dimension) {
        List<Value> chunks = new ArrayList<>();
        long size = x.dim(dimension) / parts;
        for (int i = 0; i < parts; i++) {
            chunks.add(x.slice(dimension, i * size, (i + 1) * size));
        }
        return chunks;
    }

    /** Splits one dimension into so many nearly equal parts, some of them empty where the dimension is smaller. */
    public static List<Value> chunks(Value x, int parts, int dimension) {
        Value list = x.graph().emit(x.dims(), "torch.tensor_split", x, (long) parts, (long) dimension);
        List<Value> chunks = new ArrayList<>();
        long[] dims = x.dims().clone();
        dims[dimension] = Graph.ANY;
        for (int i = 0; i < parts; i++) {
            chunks.add(new Value(x.graph(), list.name() + "[" + i + "]", dims));
        }
        return chunks;
    }

    /** Euclidean distances between rows of two matrices, by one matrix product each; x (N, d), y (M, d), result (N, M). */
    public static Value distances(Value x, Value y) {
        require(x.dim(1) == y.dim(1), "distances", x, y);
        return x.graph().emit(new long[] {x.dim(0), y.dim(0)}, "torch.cdist", x, y, 2.0, 1L);
    }

    /** The k-th smallest element of every row, counted from 1; x (N, M), k at most M, result (N, 1). */
    public static Value kthSmallest(Value x, Graph.Scalar k) {
        long[] smallest = {x.dim(0), Graph.ANY};
        // A partial sort; libtorch's kthvalue takes five times as long where k is small.
        Value unordered = x.graph()
                .emitTuple(List.of(smallest, smallest), "torch.topk", x, k, -1L, false, false)
                .get(0);
        return x.graph().emit(new long[] {x.dim(0), 1}, "torch.amax", unordered, new long[] {1}, true);
    }

    /** Where either of two tensors of truth values of one shape holds. */
    public static Value either(Value one, Value other) {
        return one.graph().emit(one.dims(), "torch.logical_or", one, other);
    }

    /** Positions, in row-major order, of the true elements of a tensor of truth values; int64, as many as there are. */
    public static Value positions(Value truth) {
        Value flat = truth.reshape(Graph.ANY);
        return truth.graph()
                .emit(new long[] {Graph.ANY, 1}, "torch.nonzero", flat)
                .reshape(Graph.ANY);
    }

    /** The elements at positions in row-major order, as {@link #positions} gives them. */
    public static Value take(Value x, Value positions) {
        return x.graph().emit(positions.dims(), "torch.take", x, positions);
    }

    /** Where elements of one are less than those of the other; a tensor of truth values of the first's shape. */
    public static Value lessThan(Value one, Value other) {
        return one.graph().emit(one.dims(), "torch.lt", one, other);
    }

    /** Where elements of one are at most those of the other; a tensor of truth values of the first's shape. */
    public static Value atMost(Value one, Value other) {
        return one.graph().emit(one.dims(), "torch.le", one, other);
    }

    /** Eigenvalues (…, n) of symmetric matrices (…, n, n), ascending. */
    public static Value symmetricEigenvalues(Value matrix) {
        return matrix.graph().emit(withoutLast(matrix), "torch.linalg_eigvalsh", matrix, "L");
    }

    /** Eigenvalues (…, n), ascending, and eigenvectors (…, n, n), in columns, of symmetric matrices (…, n, n). */
    public static List<Value> symmetricEigen(Value matrix) {
        return matrix.graph().emitTuple(List.of(withoutLast(matrix), matrix.dims()), "torch.linalg_eigh", matrix, "L");
    }

    /**
     * F with FᵀF = A, of symmetric matrices (B, n, n) without negative eigenvalues but for rounding: rows are eigenvectors
     * scaled by the roots of their eigenvalues, so that singular matrices need no special case.
     */
    public static Value symmetricFactor(Value matrix) {
        return symmetricFactor(symmetricEigen(matrix));
    }

    /** The same of what {@link #symmetricEigen} gave. */
    public static Value symmetricFactor(List<Value> eigen) {
        Value values = eigen.get(0);
        Value roots = values.relu().squareRoot();
        long[] column = {values.dim(0), values.dim(1), 1};
        return eigen.get(1).transpose(1, 2).times(values.graph().emit(column, "torch.unsqueeze", roots, -1L));
    }

    private static long[] withoutLast(Value x) {
        return Arrays.copyOf(x.dims(), x.rank() - 1);
    }

    /**
     * sum + scale · (one × other), a batch of matrix products in one pass.
     *
     * @param sum (R, n, m), or broadcast to it
     * @param one (R, n, k)
     * @param other (R, k, m)
     */
    public static Value addProducts(Value sum, Value one, Value other, Graph.Scalar scale) {
        require(one.rank() == 3 && one.dim(0) == other.dim(0), "addProducts", one, other);
        return one.graph()
                .emit(
                        new long[] {one.dim(0), one.dim(1), other.dim(2)},
                        "torch.baddbmm",
                        sum,
                        one,
                        other,
                        new Graph.Keyword("beta", 1.0),
                        new Graph.Keyword("alpha", scale));
    }

    /**
     * Standard normal numbers, float64, on the device of another value.
     *
     * @param like on whose device
     * @param dims shape, as far as it is known while recording
     * @param sizes the same sizes as numbers, or as {@link Graph#size} where they are known only at run time
     */
    public static Value standardNormal(Value like, long[] dims, Object... sizes) {
        return like.graph()
                .emit(
                        dims,
                        "torch.randn",
                        List.of(sizes),
                        new Graph.Keyword("dtype", ElementType.FLOAT64),
                        new Graph.Keyword("layout", null),
                        new Graph.Keyword("device", like.graph().device(like)),
                        new Graph.Keyword("pin_memory", null));
    }

    /** Lower triangular L (n, n) with LLᵀ a symmetric matrix, and whether the matrix is positive definite. */
    public static List<Value> cholesky(Value matrix) {
        List<Value> factor =
                matrix.graph().emitTuple(List.of(matrix.dims(), new long[0]), "torch.linalg_cholesky_ex", matrix);
        return List.of(factor.get(0), matrix.graph().emit(new long[0], "torch.eq", factor.get(1), 0L));
    }

    /** Singular values of a matrix (m, n), descending, as many as the smaller of the two. */
    public static Value singularValues(Value matrix) {
        return matrix.graph().emit(new long[] {Graph.ANY}, "torch.linalg_svdvals", matrix);
    }

    /** The diagonal (n) of a matrix (n, n). */
    public static Value diagonal(Value matrix) {
        return matrix.graph().emit(new long[] {matrix.dim(0)}, "torch.diagonal", matrix);
    }

    private static void require(boolean fits, String op, Value one, Value two) {
        if (!fits) {
            throw new IllegalArgumentException("%s does not take shapes %s and %s"
                    .formatted(op, Arrays.toString(one.dims()), Arrays.toString(two.dims())));
        }
    }
}
