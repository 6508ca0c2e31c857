package org.autophage.model.transformer;

import java.util.List;
import org.autophage.data.TokenShape;
import org.autophage.model.Precision;
import org.autophage.program.Attention;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Graph.Keyword;
import org.autophage.program.Graph.Scalar;
import org.autophage.program.Initializer;
import org.autophage.program.Parameters;
import org.autophage.program.Value;

/**
 * A causal transformer: blocks of attention with rotary positions and of a layer four times as wide with GELU between, each
 * normalized before (arXiv 2002.04745) and added to what comes in; no biases. A position sees itself and the tokens before it, in all
 * {@code context} of them at most, in every block.
 */
final class TransformerNetwork {
    private static final int WIDENING = 4;

    /** Queries and keys, which are turned, and values, which are not. */
    private static final long[] TWO_AND_ONE = {2, 1};

    private final TransformerSpec spec;
    private final long vocabulary;
    private final long entries;
    private final Parameters parameters;
    private final long headWidth;

    TransformerNetwork(TransformerSpec spec, TokenShape shape, Parameters parameters) {
        this.spec = spec;
        this.vocabulary = shape.size();
        this.entries = Math.max(shape.size(), shape.start() + 1);
        this.parameters = parameters;
        this.headWidth = spec.width() / spec.heads();
    }

    /** How positions of one layer look at each other. */
    @FunctionalInterface
    private interface Look {
        /** @param query (N, heads, T, width of a head), as key and value */
        Value of(int layer, Value query, Value key, Value value);
    }

    /**
     * {@code logits(flat, tokens)}: of the token after each (N, T, V); tokens int64 (N, T), T at most the context. Of the flat buffer's
     * type.
     */
    Graph logits() {
        return whole("logits", 0, (layer, query, key, value) -> Attention.causal(query, key, value));
    }

    /** {@code long_logits(flat, tokens)}: the same for any T. */
    Graph longLogits() {
        return whole(
                "long_logits", 0, (layer, query, key, value) -> Attention.causal(query, key, value, spec.context()));
    }

    /** {@code training_logits(flat, tokens)}: those of {@code logits} with dropout. */
    Graph trainingLogits(double dropout) {
        return whole("training_logits", dropout, (layer, query, key, value) -> Attention.causal(query, key, value));
    }

    private Graph whole(String name, double dropout, Look look) {
        Graph graph = new Graph(name, parameters);
        Value tokens = graph.input("tokens", Graph.ANY, Graph.ANY);
        Value positions = graph.emit(
                new long[] {Graph.ANY},
                "torch.arange",
                graph.size(tokens, 1),
                new Keyword("dtype", ElementType.FLOAT32),
                new Keyword("device", graph.device(tokens)));
        return graph.returns(network(graph, tokens, positions, dropout, look));
    }

    /**
     * {@code next_logits(flat, cache, tokens, position, slot, end, used)}: of the token after these (N, V), of which each is at the same
     * position of its sequence; writes their keys and values into the cache at [slot, end), and looks at [0, used) of it.
     */
    Graph nextLogits() {
        Graph graph = new Graph("next_logits", parameters);
        Value cache = graph.inputList("cache", spec.layers(), 2, Graph.ANY, spec.heads(), Graph.ANY, headWidth);
        Value tokens = graph.input("tokens", Graph.ANY);
        Value position = graph.input("position", 1);
        Scalar slot = graph.inputInteger("slot");
        Scalar end = graph.inputInteger("end");
        Scalar used = graph.inputInteger("used");
        Value logits = network(graph, tokens.reshape(Graph.ANY, 1), position, 0, (layer, query, key, value) -> {
            Value ofLayer = select(cache, layer);
            Value keys = select(ofLayer, 0);
            Value values = select(ofLayer, 1);
            put(keys, key, slot, end);
            put(values, value, slot, end);
            return Attention.ofLast(query, part(keys, used), part(values, used));
        });
        return graph.returns(logits.reshape(Graph.ANY, vocabulary));
    }

    private static Value select(Value tensor, long index) {
        long[] dims = new long[tensor.rank() - 1];
        System.arraycopy(tensor.dims(), 1, dims, 0, dims.length);
        return tensor.graph().emit(dims, "torch.select", tensor, 0L, index);
    }

    private static void put(Value cached, Value added, Scalar slot, Scalar end) {
        Graph graph = cached.graph();
        Value place = graph.emit(added.dims(), "torch.slice", cached, 2L, slot, end, 1L);
        graph.effect("torch.copy_", place, added);
    }

    private static Value part(Value cached, Scalar used) {
        return cached.graph().emit(cached.dims(), "torch.slice", cached, 2L, 0L, used, 1L);
    }

    /** Logits (N, T, V) of tokens (N, T) at positions (T). */
    private Value network(Graph graph, Value tokens, Value positions, double dropout, Look look) {
        Value table = table(graph, "embedding.weight", entries);
        Value turns = Attention.turns(positions, headWidth);
        Value x = dropped(Attention.embedding(table, tokens), dropout);
        for (int layer = 0; layer < spec.layers(); layer++) {
            String name = "block." + layer;
            Value in = linear(graph, normalized(graph, x, name + ".attention.norm"), name + ".attention.in", 3);
            Value attended = linear(graph, attention(in, turns, layer, look), name + ".attention.out", 1);
            x = x.plus(dropped(attended, dropout));
            Value wide = linear(graph, normalized(graph, x, name + ".layer.norm"), name + ".layer.in", WIDENING);
            Value narrow = linear(graph, Attention.gelu(wide), name + ".layer.out", 1);
            x = x.plus(dropped(narrow, dropout));
        }
        Value last = normalized(graph, x, "norm");
        Value out = spec.tied() ? table.slice(0, 0, vocabulary) : table(graph, "out.weight", vocabulary);
        return Functional.linear(last, out, null);
    }

    /** What heads see, side by side (N, T, width), of queries, keys and values side by side (N, T, 3 · width). */
    private Value attention(Value in, Value turns, int layer, Look look) {
        Value all = Attention.unflatten(in, 3, spec.heads(), headWidth);
        // Of split parts the gradient is one concatenation; of slices it would be a sum of tensors that are mostly
        // zeros.
        List<Value> parts = in.graph()
                .emitTuple(List.of(some(all, 2), some(all, 1)), "torch.split_with_sizes", all, TWO_AND_ONE, 2L);
        Value turned = spec.precision() == Precision.FLOAT32
                ? Attention.turned(parts.get(0), turns)
                : Attention.turned(spec.precision().uncast(parts.get(0)), turns).like(in);
        long[] single = {in.dim(0), in.dim(1), spec.heads(), headWidth};
        List<Value> both = in.graph().emitTuple(List.of(single, single), "torch.unbind", turned, 2L);
        Value values = in.graph().emit(single, "torch.squeeze", parts.get(1), 2L);
        Value seen = look.of(layer, both.get(0).transpose(1, 2), both.get(1).transpose(1, 2), values.transpose(1, 2));
        return Attention.flatten(seen.transpose(1, 2));
    }

    /** The shape of so many of queries, keys and values. */
    private long[] some(Value all, long count) {
        return new long[] {all.dim(0), all.dim(1), count, spec.heads(), headWidth};
    }

    private static Value dropped(Value x, double dropout) {
        return dropout == 0 ? x : Functional.dropout(x, dropout);
    }

    private Value normalized(Graph graph, Value x, String name) {
        return Attention.layerNorm(x, parameter(graph, name + ".weight", Initializer.ONES, spec.width()));
    }

    /** A layer that widens so many times; one whose name ends with "out", which is added to what came in, starts smaller (GPT-2). */
    private Value linear(Graph graph, Value x, String name, long times) {
        double inputs = name.endsWith(".out") ? 2.0 * spec.layers() * x.dim(-1) : x.dim(-1);
        Initializer usual = Initializer.normal(1 / Math.sqrt(inputs));
        return Functional.linear(x, parameter(graph, name + ".weight", usual, times * spec.width(), x.dim(-1)), null);
    }

    /** A table of rows of the network's width. */
    private Value table(Graph graph, String name, long rows) {
        Initializer usual = Initializer.normal(1 / Math.sqrt(spec.width()));
        return parameter(graph, name, usual, rows, spec.width());
    }

    /** Declared by the first method that asks for it. */
    private Value parameter(Graph graph, String name, Initializer initializer, long... dims) {
        return parameters.has(name) ? graph.parameter(name) : graph.parameter(name, initializer, dims);
    }
}
