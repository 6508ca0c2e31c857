package org.autophage.model.transformer;

import java.util.List;
import org.autophage.model.Truncation;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Graph.Scalar;
import org.autophage.program.Value;

/**
 * Draws tokens from logits: temperature, {@link Truncation}, and the inverse of the distribution function, in float64.
 *
 * @param vocabulary V
 */
record NextToken(int vocabulary, Truncation truncation) {
    /**
     * One token of each row.
     *
     * @param logits (N, V)
     * @param uniform numbers in (0, 1), float64 (N, 1), not nearer to 1 than float64 rounds
     * @param inverse of the temperature
     * @return int64 (N)
     */
    Value drawn(Value logits, Value uniform, Scalar inverse) {
        Value probabilities = Functional.softmax(logits.to(ElementType.FLOAT64).times(inverse));
        if (truncation.isNone()) {
            return place(probabilities, uniform).reshape(Graph.ANY);
        }
        Graph graph = logits.graph();
        List<Value> sorted = graph.emitTuple(
                List.of(probabilities.dims(), probabilities.dims()),
                "torch.sort",
                probabilities,
                new Graph.Keyword("stable", true),
                new Graph.Keyword("dim", -1L),
                new Graph.Keyword("descending", true));
        Integer most = truncation.topK();
        Value kept = sorted.get(0).slice(1, 0, most == null ? vocabulary : Math.min(most, vocabulary));
        if (truncation.topP() != null) {
            Value sums = sums(kept);
            Value enough = total(sums).times(truncation.topP());
            Value first = kept.slice(1, 0, 1);
            Value others = kept.slice(1, 1, kept.dim(1));
            Value before = sums.slice(1, 0, kept.dim(1) - 1);
            kept = Value.concatenate(
                    1, first, others.times(Functional.lessThan(before, enough).like(others)));
        }
        long[] chosen = {Graph.ANY, 1};
        return graph.emit(chosen, "torch.gather", sorted.get(1), 1L, place(kept, uniform))
                .reshape(Graph.ANY);
    }

    /** The first place of each row up to which more than a share of the row's sum stands, int64 (N, 1). */
    private static Value place(Value masses, Value uniform) {
        Graph graph = masses.graph();
        long[] one = {Graph.ANY, 1};
        Value sums = sums(masses);
        return graph.emit(
                one, "torch.searchsorted", sums, total(sums).times(uniform), new Graph.Keyword("right", true));
    }

    private static Value total(Value sums) {
        return sums.slice(1, sums.dim(1) - 1, sums.dim(1));
    }

    private static Value sums(Value masses) {
        return masses.graph().emit(masses.dims(), "torch.cumsum", masses, 1L);
    }
}
