package org.autophage.model.transformer;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.TokenShape;
import org.autophage.model.Truncation;
import org.autophage.program.Attention;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Graph.Scalar;
import org.autophage.program.Parameters;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/** The methods of a transformer's program besides its network: a training step, draws of next tokens, and probabilities of given ones. */
final class TransformerMethods {
    /** A second moment over twenty steps, as language models are trained with. */
    private static final TrainingStep.Adam ADAM = new TrainingStep.Adam(0.9, 0.95, 1e-8, 1.0);

    private final TransformerSpec spec;
    private final TokenShape shape;
    private final NextToken draws;
    private final long[] logitDims;

    TransformerMethods(TransformerSpec spec, TokenShape shape, Truncation truncation) {
        this.spec = spec;
        this.shape = shape;
        this.draws = new NextToken(shape.size(), truncation);
        this.logitDims = new long[] {Graph.ANY, Graph.ANY, shape.size()};
    }

    /**
     * {@code step(…training state…, rows, weights, indices)}: one optimization step on the rows of these indices. The loss is the mean
     * over tokens, by their weights, of the cross-entropy in nats; tokens that are predicted with more than the loss's cap add nothing
     * to it and have no gradient. Rows int64 (count, C + 1), weights float32 (count, C), indices int64 (B).
     */
    Graph step(Parameters parameters) {
        Graph graph = new Graph("step");
        TrainingStep step = new TrainingStep(graph, parameters);
        Value rows = graph.input("rows", Graph.ANY, Graph.ANY);
        Value allWeights = graph.input("weights", Graph.ANY, Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value each = losses(step.parameters(), rows.rows(indices), spec.dropped() > 0 ? "training_logits" : "logits");
        Value weights = allWeights.rows(indices).reshape(Graph.ANY);
        step.regularize(spec.weightDecay(), 0);
        // A batch of rows that all weigh nothing has a loss of 0.
        Value total = weights.sum().clamp(Float.MIN_NORMAL, Double.POSITIVE_INFINITY);
        step.minimize(uncapped(each).times(weights).sum().dividedBy(total), ADAM);
        return graph;
    }

    /** {@code held_out_loss(flat, rows, weights, indices)}: the sum over tokens of weight · cross-entropy, without cap or dropout. */
    Graph heldOutLoss(Parameters parameters) {
        Graph graph = new Graph("held_out_loss");
        Value flat = graph.input("flat", parameters.size());
        Value rows = graph.input("rows", Graph.ANY, Graph.ANY);
        Value weights = graph.input("weights", Graph.ANY, Graph.ANY);
        Value indices = graph.input("indices", Graph.ANY);
        Value each = losses(flat, rows.rows(indices), "logits");
        return graph.returns(
                each.times(weights.rows(indices).reshape(Graph.ANY)).sum());
    }

    /** −ln of the probability of every token of rows but their first, (rows · C). */
    private Value losses(Value parameters, Value rows, String network) {
        Graph graph = rows.graph();
        Value before = from(rows, 0, -1);
        Value logits = logits(graph, network, spec.precision().cast(parameters), before);
        return Attention.crossEntropies(
                logits.reshape(Graph.ANY, shape.size()), from(rows, 1, null).reshape(Graph.ANY));
    }

    /** Losses, 0 and without a gradient where the probability is above the cap. */
    private Value uncapped(Value losses) {
        if (spec.lossCap() == null) {
            return losses;
        }
        Value counts = losses.graph().emit(losses.dims(), "torch.ge", losses.detach(), -Math.log(spec.lossCap()));
        return losses.times(counts);
    }

    /** Positions of rows (N, T): from one on to another, which counts from the end where it is below 0. */
    private static Value from(Value rows, long start, @Nullable Integer end) {
        return rows.graph().emit(rows.dims(), "torch.slice", rows, 1L, start, end, 1L);
    }

    private Value logits(Graph graph, String network, Value flat, Value tokens) {
        return spec.precision().uncast(graph.call(logitDims, network, flat, tokens));
    }

    /**
     * {@code next(flat, cache, tokens, position, slot, end, used, uniform, inverse)}: the token after these, int64 (N), by uniform numbers
     * float64 (N, 1) in (0, 1) and the inverse temperature; the rest as {@code next_logits} has it.
     */
    Graph next() {
        Graph graph = new Graph("next");
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        graph.inputList("cache", Graph.ANY);
        List<Object> arguments = new ArrayList<>(List.of(flat, new Scalar("cache"), graph.input("tokens", Graph.ANY)));
        arguments.add(graph.input("position", 1));
        for (String number : List.of("slot", "end", "used")) {
            arguments.add(graph.inputNumber(number));
        }
        Value uniform = graph.input("uniform", Graph.ANY, 1);
        Scalar inverse = graph.inputScalar("inverse");
        long[] dims = {Graph.ANY, shape.size()};
        Value logits = spec.precision().uncast(graph.call(dims, "next_logits", arguments.toArray()));
        return graph.returns(draws.drawn(logits, uniform, inverse));
    }

    /** {@code next_uncached(flat, tokens, uniform, inverse)}: the same of whole beginnings, tokens int64 (N, T). */
    Graph nextUncached(String name, String network) {
        Graph graph = new Graph(name);
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value tokens = graph.input("tokens", Graph.ANY, Graph.ANY);
        Value uniform = graph.input("uniform", Graph.ANY, 1);
        Scalar inverse = graph.inputScalar("inverse");
        Value all = logits(graph, network, flat, tokens);
        Value last = graph.emit(new long[] {Graph.ANY, shape.size()}, "torch.select", all, 1L, -1L);
        return graph.returns(draws.drawn(last, uniform, inverse));
    }

    /**
     * {@code moved(cache, kept, used, capacity)}: a cache of so many positions, with the first used ones of the kept sequences, int64,
     * of this one.
     */
    Graph moved() {
        Graph graph = new Graph("moved");
        Value cache = graph.input("cache", spec.layers(), 2, Graph.ANY, spec.heads(), Graph.ANY, headWidth());
        Value kept = graph.input("kept", Graph.ANY);
        Scalar used = graph.inputInteger("used");
        Scalar capacity = graph.inputInteger("capacity");
        Value old = positions(cache, used);
        Value chosen = graph.emit(cache.dims(), "torch.index_select", old, 2L, kept);
        Value larger = zeros(graph, cache, graph.size(kept, 0), capacity);
        graph.effect("torch.copy_", positions(larger, used), chosen);
        return graph.returns(larger);
    }

    private static Value positions(Value cache, Scalar used) {
        return cache.graph().emit(cache.dims(), "torch.slice", cache, 4L, 0L, used, 1L);
    }

    /** {@code cache(flat, count, capacity)}: an empty one of so many sequences. */
    Graph cache() {
        Graph graph = new Graph("cache");
        Value like = spec.precision().cast(graph.input("flat", Graph.ANY).slice(0, 0, 1));
        return graph.returns(zeros(graph, like, graph.inputInteger("count"), graph.inputInteger("capacity")));
    }

    private Value zeros(Graph graph, Value like, Scalar count, Scalar capacity) {
        long[] dims = {spec.layers(), 2, Graph.ANY, spec.heads(), Graph.ANY, headWidth()};
        List<Object> sizes =
                List.of((long) spec.layers(), 2L, count, (long) spec.heads(), capacity, (long) headWidth());
        return graph.emit(dims, "torch.new_zeros", like, sizes);
    }

    private int headWidth() {
        return spec.width() / spec.heads();
    }

    /** {@code observed(flat, tokens)}: ln of the probability of every token but the first, float64 (N, T), of tokens int64 (N, T + 1). */
    Graph observed(String name, String network) {
        Graph graph = new Graph(name);
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value tokens = graph.input("tokens", Graph.ANY, Graph.ANY);
        return graph.returns(observed(logits(graph, network, flat, from(tokens, 0, -1)), tokens));
    }

    private static Value observed(Value logits, Value tokens) {
        Graph graph = logits.graph();
        long[] dims = {Graph.ANY, Graph.ANY};
        Value all = graph.emit(logits.dims(), "torch.log_softmax", logits.to(ElementType.FLOAT64), -1L);
        Value index = graph.emit(dims, "torch.unsqueeze", from(tokens, 1, null), -1L);
        return graph.emit(dims, "torch.squeeze", graph.emit(dims, "torch.gather", all, -1L, index), -1L);
    }

    /**
     * {@code edited(flat, tokens, uniform, inverse, least)}: tokens (N, T) behind the first of each sequence, of which those whose
     * probability is at least so much are drawn anew; tokens int64 (N, T + 1), uniform float64 (N · T, 1).
     */
    Graph edited(String name, String network) {
        Graph graph = new Graph(name);
        Value flat = spec.precision().cast(graph.input("flat", Graph.ANY));
        Value tokens = graph.input("tokens", Graph.ANY, Graph.ANY);
        Value uniform = graph.input("uniform", Graph.ANY, 1);
        Scalar inverse = graph.inputScalar("inverse");
        Scalar least = graph.inputScalar("least");
        Value logits = logits(graph, network, flat, from(tokens, 0, -1));
        Value original = from(tokens, 1, null);
        Value probable =
                graph.emit(original.dims(), "torch.ge", observed(logits, tokens).exp(), least);
        Value drawn = draws.drawn(withoutEnd(logits).reshape(Graph.ANY, shape.size()), uniform, inverse);
        Value anew = graph.emit(original.dims(), "torch.view_as", drawn, original);
        if (shape.ends()) {
            Value end = graph.emit(original.dims(), "torch.eq", original, (long) shape.end());
            anew = Functional.where(end, original, anew);
        }
        return graph.returns(Functional.where(probable, anew, original));
    }

    /** Logits that never give the token that ends a sequence. */
    private Value withoutEnd(Value logits) {
        if (!shape.ends()) {
            return logits;
        }
        Graph graph = logits.graph();
        Value each = Functional.range(logits, shape.size(), ElementType.INT64);
        Value end = graph.emit(each.dims(), "torch.eq", each, (long) shape.end());
        return graph.emit(logits.dims(), "torch.masked_fill", logits, end, Double.NEGATIVE_INFINITY);
    }
}
