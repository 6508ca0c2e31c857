package org.autophage.program;

import java.util.List;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Graph.Keyword;
import org.autophage.program.Graph.Scalar;
import org.jspecify.annotations.Nullable;

/** The ops of transformers on sequences, (N, T, …) with N of the batch and T positions; neither has to be known while recording. */
public final class Attention {
    /** The base of the frequencies of RoFormer, after Vaswani et al. 2017. */
    private static final double BASE = 10_000;

    private Attention() {}

    /** Normalization over the last dimension to mean 0 and variance 1 (arXiv 1607.06450), times a scale (width). */
    public static Value layerNorm(Value x, Value scale) {
        return x.graph().emit(x.dims(), "torch.layer_norm", x, new long[] {scale.dim(0)}, scale, null, 1e-5, false);
    }

    /** x · Φ(x) (arXiv 1606.08415). */
    public static Value gelu(Value x) {
        return x.graph().emit(x.dims(), "torch.gelu", x);
    }

    /** The last dimension as two: (…, rows · columns) to (…, rows, columns). */
    public static Value unflatten(Value x, long... sizes) {
        long[] dims = new long[x.rank() - 1 + sizes.length];
        System.arraycopy(x.dims(), 0, dims, 0, x.rank() - 1);
        System.arraycopy(sizes, 0, dims, x.rank() - 1, sizes.length);
        return x.graph().emit(dims, "torch.unflatten", x, -1L, sizes);
    }

    /** The last two dimensions as one. */
    public static Value flatten(Value x) {
        long[] dims = new long[x.rank() - 1];
        System.arraycopy(x.dims(), 0, dims, 0, dims.length);
        dims[dims.length - 1] = x.dim(-2) * x.dim(-1);
        return x.graph().emit(dims, "torch.flatten", x, -2L, -1L);
    }

    /**
     * Unit complex numbers by which positions turn pairs of features (rotary embedding, arXiv 2104.09864): pair i of position t by
     * t · 10000^(−2i/width).
     *
     * @param positions float32 (T)
     * @param width of a head, even
     * @return (T, 1, 1, width / 2)
     */
    public static Value turns(Value positions, long width) {
        Graph graph = positions.graph();
        Value pairs = Functional.range(positions, width / 2, ElementType.FLOAT32);
        Value frequencies = pairs.times(-2 * Math.log(BASE) / width).exp();
        long[] table = {Graph.ANY, 1, 1, width / 2};
        Value angles = graph.emit(table, "torch.mul", positions.reshape(Graph.ANY, 1, 1, 1), frequencies);
        return graph.emit(table, "torch.polar", graph.emit(table, "torch.ones_like", angles), angles);
    }

    /**
     * Turns features pair by pair: 2i with 2i + 1.
     *
     * @param x (N, T, …, heads, width)
     * @param turns (T, 1, 1, width / 2), of a rank that broadcasts against x in pairs
     * @return float32
     */
    public static Value turned(Value x, Value turns) {
        Graph graph = x.graph();
        Value pairs = unflatten(x, x.dim(-1) / 2, 2);
        Value complex = graph.emit(pairs.dims(), "torch.view_as_complex", pairs);
        Value turned = graph.emit(pairs.dims(), "torch.mul", complex, turns);
        return flatten(graph.emit(pairs.dims(), "torch.view_as_real", turned));
    }

    /**
     * Scaled dot-product attention (arXiv 1706.03762), in which a position looks at itself and at what is before it.
     *
     * @param query (N, heads, T, width), as key and value
     */
    public static Value causal(Value query, Value key, Value value) {
        return attention(query, key, value, null, true);
    }

    /**
     * The same, of which positions look at only so many: themselves and those before them.
     *
     * @param window at least 1
     */
    public static Value causal(Value query, Value key, Value value, long window) {
        Graph graph = query.graph();
        long[] table = {Graph.ANY, Graph.ANY};
        Scalar length = graph.size(query, 2);
        Value ones = graph.emit(
                table,
                "torch.ones",
                List.of(length, length),
                new Keyword("dtype", ElementType.BOOL),
                new Keyword("layout", null),
                new Keyword("device", graph.device(query)),
                new Keyword("pin_memory", null));
        Value before = graph.emit(table, "torch.tril", ones, 0L);
        return attention(query, key, value, graph.emit(table, "torch.triu", before, 1 - window), false);
    }

    /** Attention of one position, the last, to all keys that there are; query (N, heads, 1, width). */
    public static Value ofLast(Value query, Value key, Value value) {
        return attention(query, key, value, null, false);
    }

    private static Value attention(Value query, Value key, Value value, @Nullable Value mask, boolean causal) {
        return query.graph()
                .emit(query.dims(), "torch.scaled_dot_product_attention", query, key, value, mask, 0.0, causal);
    }

    /** −ln softmax(logits)[label] of every row; logits (N, classes), int64 labels (N). */
    public static Value crossEntropies(Value logits, Value labels) {
        return logits.graph()
                .emit(new long[] {logits.dim(0)}, "torch.cross_entropy_loss", logits, labels, null, 0L, -100L, 0.0);
    }

    /** Rows of a table (entries, width) by int64 indices (N, T). */
    public static Value embedding(Value table, Value indices) {
        long[] dims = {indices.dim(0), indices.dim(1), table.dim(1)};
        return table.graph().emit(dims, "torch.embedding", table, indices);
    }
}
