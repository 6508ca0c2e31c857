package org.autophage.program;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor inside a {@link Graph}: a name and a shape. The methods record ops on it; arithmetic broadcasts as in PyTorch.
 *
 * @param graph the method it belongs to
 * @param name its name in the method's text
 * @param dims its shape; {@link Graph#ANY} where known only at run time
 */
public record Value(Graph graph, String name, long[] dims) {
    public int rank() {
        return dims.length;
    }

    /** Size of one dimension; negative dimensions count from the end. */
    public long dim(int dimension) {
        return dims[dimension < 0 ? dims.length + dimension : dimension];
    }

    public Value plus(Value other) {
        return graph.emit(broadcast(this, other), "torch.add", this, other);
    }

    public Value plus(double number) {
        return graph.emit(dims, "torch.add", this, number);
    }

    public Value minus(Value other) {
        return graph.emit(broadcast(this, other), "torch.sub", this, other);
    }

    public Value minus(double number) {
        return graph.emit(dims, "torch.sub", this, number);
    }

    public Value times(Value other) {
        return graph.emit(broadcast(this, other), "torch.mul", this, other);
    }

    public Value times(double number) {
        return graph.emit(dims, "torch.mul", this, number);
    }

    public Value times(Graph.Scalar number) {
        return graph.emit(dims, "torch.mul", this, number);
    }

    public Value dividedBy(Value other) {
        return graph.emit(broadcast(this, other), "torch.div", this, other);
    }

    /** this · a + other · b is written as one fused op where b is a number: this + number · other. */
    public Value plusTimes(Value other, double number) {
        return graph.emit(broadcast(this, other), "torch.add", this, other, new Graph.Keyword("alpha", number));
    }

    public Value negate() {
        return pointwise("torch.neg");
    }

    public Value square() {
        return graph.emit(dims, "torch.mul", this, this);
    }

    public Value squareRoot() {
        return pointwise("torch.sqrt");
    }

    public Value reciprocal() {
        return pointwise("torch.reciprocal");
    }

    public Value exp() {
        return pointwise("torch.exp");
    }

    public Value log() {
        return pointwise("torch.log");
    }

    public Value sine() {
        return pointwise("torch.sin");
    }

    public Value cosine() {
        return pointwise("torch.cos");
    }

    public Value relu() {
        return pointwise("torch.relu");
    }

    /** x where positive, slope · x elsewhere. */
    public Value leakyRelu(double slope) {
        return graph.emit(dims, "torch.leaky_relu", this, slope);
    }

    /** ln(1 + eˣ), without overflow. */
    public Value softplus() {
        return pointwise("torch.softplus");
    }

    /** x · sigmoid(x), the "swish" of Ramachandran et al. 2017. */
    public Value silu() {
        return pointwise("torch.silu");
    }

    public Value tanh() {
        return pointwise("torch.tanh");
    }

    public Value sigmoid() {
        return pointwise("torch.sigmoid");
    }

    /** The largest whole number that is not above. */
    public Value floor() {
        return pointwise("torch.floor");
    }

    /** Cut to [low, high]. */
    public Value clamp(double low, double high) {
        return graph.emit(dims, "torch.clamp", this, low, high);
    }

    /** Another element type, the same values as far as it can hold them. */
    public Value to(Graph.ElementType type) {
        return graph.emit(dims, "torch.to", this, type);
    }

    /** The same values in the element type of another value, as far as it can hold them, and on its device. */
    public Value like(Value other) {
        return graph.emit(dims, "torch.type_as", this, other);
    }

    /** The same elements in another shape; at most one dimension may be {@link Graph#ANY}. */
    public Value reshape(long... shape) {
        boolean known = Arrays.stream(dims).allMatch(dim -> dim != Graph.ANY)
                && Arrays.stream(shape).allMatch(dim -> dim != Graph.ANY);
        if (known && product(dims) != product(shape)) {
            throw new IllegalArgumentException(
                    "%s cannot be reshaped to %s".formatted(Arrays.toString(dims), Arrays.toString(shape)));
        }
        return graph.emit(shape, "torch.reshape", this, shape);
    }

    public Value transpose(int first, int second) {
        long[] swapped = dims.clone();
        int one = first < 0 ? dims.length + first : first;
        int two = second < 0 ? dims.length + second : second;
        swapped[one] = dims[two];
        swapped[two] = dims[one];
        return graph.emit(swapped, "torch.transpose", this, (long) one, (long) two);
    }

    /** The elements along one dimension in the opposite order. */
    public Value flip(int dimension) {
        return graph.emit(dims, "torch.flip", this, new long[] {dimension});
    }

    /** The elements from start (inclusive) to end (exclusive) of one dimension. */
    public Value slice(int dimension, long start, long end) {
        if (dim(dimension) != Graph.ANY && end > dim(dimension)) {
            throw new IllegalArgumentException("slice to %d of %s".formatted(end, Arrays.toString(dims)));
        }
        long[] cut = dims.clone();
        cut[dimension] = end - start;
        return graph.emit(cut, "torch.slice", this, (long) dimension, start, end, 1L);
    }

    /** The rows named by an int64 vector. */
    public Value rows(Value indices) {
        long[] chosen = dims.clone();
        chosen[0] = indices.dim(0);
        return graph.emit(chosen, "torch.index_select", this, 0L, indices);
    }

    /** Sum of all elements, a scalar. */
    public Value sum() {
        return graph.emit(new long[0], "torch.sum", this);
    }

    /** Mean of all elements, a scalar. */
    public Value mean() {
        return graph.emit(new long[0], "torch.mean", this);
    }

    /** The smallest of all elements, a scalar. */
    public Value min() {
        return graph.emit(new long[0], "torch.min", this);
    }

    /** The largest of all elements, a scalar. */
    public Value max() {
        return graph.emit(new long[0], "torch.max", this);
    }

    /** Sum over one dimension, which is kept with size 1. */
    public Value sum(int dimension) {
        return reduce("torch.sum", dimension);
    }

    /** Mean over one dimension, which is kept with size 1. */
    public Value mean(int dimension) {
        return reduce("torch.mean", dimension);
    }

    /** Matrix product of two matrices, or of two batches of matrices, whose dimensions broadcast. */
    public Value matmul(Value other) {
        long inner = dim(-1);
        if (inner != other.dim(-2) && inner != Graph.ANY && other.dim(-2) != Graph.ANY) {
            throw new IllegalArgumentException(
                    "matrix product of %s and %s".formatted(Arrays.toString(dims), Arrays.toString(other.dims)));
        }
        long[] product = dims.clone();
        for (int i = 0; i < product.length - 2 && other.rank() == rank(); i++) {
            product[i] = dim(i) == 1 ? other.dim(i) : dim(i);
        }
        product[product.length - 1] = other.dim(-1);
        return graph.emit(product, "torch.matmul", this, other);
    }

    /** Standard normal noise of this value's shape, type and device. */
    public Value noise() {
        return pointwise("torch.randn_like");
    }

    /** Uniform noise in [0, 1) of this value's shape, type and device. */
    public Value uniformNoise() {
        return pointwise("torch.rand_like");
    }

    public Value zeros() {
        return pointwise("torch.zeros_like");
    }

    /** The same values, cut off from autograd. */
    public Value detach() {
        return pointwise("torch.detach");
    }

    /** Puts values of one shape (but for one dimension) after each other along that dimension. */
    public static Value concatenate(int dimension, Value... values) {
        long[] dims = values[0].dims.clone();
        dims[dimension] = 0;
        for (Value value : values) {
            dims[dimension] = value.dims[dimension] == Graph.ANY || dims[dimension] == Graph.ANY
                    ? Graph.ANY
                    : dims[dimension] + value.dims[dimension];
            for (int i = 0; i < dims.length; i++) {
                if (i != dimension && dims[i] != value.dims[i]) {
                    throw new IllegalArgumentException("%s and %s differ in dimension %d"
                            .formatted(Arrays.toString(values[0].dims), Arrays.toString(value.dims), i));
                }
            }
        }
        return values[0].graph.emit(dims, "torch.cat", List.of(values), (long) dimension);
    }

    static long product(long[] dims) {
        return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }

    private Value pointwise(String function) {
        return graph.emit(dims, function, this);
    }

    private Value reduce(String function, int dimension) {
        long[] reduced = dims.clone();
        reduced[dimension < 0 ? dims.length + dimension : dimension] = 1;
        return graph.emit(reduced, function, this, new long[] {dimension}, true);
    }

    static long[] broadcast(Value one, Value two) {
        int rank = Math.max(one.rank(), two.rank());
        long[] dims = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long a = i <= one.rank() ? one.dim(-i) : 1;
            long b = i <= two.rank() ? two.dim(-i) : 1;
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException("shapes %s and %s do not fit together"
                        .formatted(Arrays.toString(one.dims), Arrays.toString(two.dims)));
            }
            dims[rank - i] = a == 1 ? b : a;
        }
        return dims;
    }
}
