package org.autophage.model.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.autophage.data.CounterRandom;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;

/**
 * What one replica has learnt of the next token: counts behind contexts of no token up to the model's order, and how they become
 * probabilities.
 *
 * @param levels counts behind contexts of 0, 1, … tokens
 */
record NgramLaw(MarkovSpec spec, TokenShape shape, Contexts contexts, List<ContextRows> levels) {
    /**
     * Counts.
     *
     * @param weights of the sequences, of mean 1
     */
    static NgramLaw fit(MarkovSpec spec, TokenShape shape, Tokens tokens, int replica, double[] weights) {
        Contexts contexts = new Contexts(shape.size(), spec.order());
        List<Map<Long, Double>> seen = new ArrayList<>();
        IntStream.rangeClosed(0, spec.order()).forEach(level -> seen.add(new HashMap<>()));
        int lowest = spec.smoothing() > 0 ? spec.order() : 0; // which no shorter context stands in for
        for (int i = 0; i < tokens.count(); i++) {
            long context = contexts.first(shape.start());
            int sequence = replica * tokens.count() + i;
            for (int at = tokens.starts()[sequence]; at < tokens.starts()[sequence + 1]; at++) {
                int token = tokens.values()[at];
                for (int level = lowest; level <= spec.order(); level++) {
                    long gram = contexts.gram(contexts.shortened(context, level), token);
                    seen.get(level).merge(gram, weights[i], Double::sum);
                }
                context = contexts.next(context, token);
            }
        }
        seen.forEach(level -> level.values().removeIf(count -> count <= 0)); // what weighs nothing was not seen
        return new NgramLaw(
                spec,
                shape,
                contexts,
                seen.stream().map(level -> ContextRows.of(shape.size(), level)).toList());
    }

    /** Probability of a token behind a context of the model's order. */
    double probability(long context, int token) {
        int size = shape.size();
        double q = 1.0 / size;
        for (int level = 0; level < levels.size(); level++) {
            ContextRows rows = levels.get(level);
            int row = rows.row(contexts.shortened(context, level));
            if (row < 0) {
                continue;
            }
            double count = rows.count(row, token);
            double total = rows.total(row);
            q = spec.interpolation() != null
                    ? (count + spec.interpolation() * q) / (total + spec.interpolation())
                    : (count + spec.smoothing()) / (total + spec.smoothing() * size);
        }
        return q;
    }

    /** The whole law of a token behind a context. */
    double[] law(long context) {
        int size = shape.size();
        double[] law = new double[size];
        Arrays.fill(law, 1.0 / size);
        for (int level = 0; level < levels.size(); level++) {
            ContextRows rows = levels.get(level);
            int row = rows.row(contexts.shortened(context, level));
            if (row < 0) {
                continue;
            }
            double kept = spec.interpolation() != null ? spec.interpolation() : 0;
            double added = spec.interpolation() != null ? 0 : spec.smoothing();
            double total = rows.total(row) + kept + added * size;
            for (int token = 0; token < size; token++) {
                law[token] = (kept * law[token] + added) / total;
            }
            rows.add(row, 1 / total, law);
        }
        return law;
    }

    /** Draws a token behind a context without writing down its law: from a row, or from what is mixed into it. */
    int draw(long context, CounterRandom random) {
        for (int level = levels.size() - 1; level >= 0; level--) {
            ContextRows rows = levels.get(level);
            int row = rows.row(contexts.shortened(context, level));
            if (row < 0) {
                continue;
            }
            double mixed = spec.interpolation() != null ? spec.interpolation() : spec.smoothing() * shape.size();
            double target = random.uniform() * (rows.total(row) + mixed);
            if (target < rows.total(row)) {
                return rows.at(row, target);
            }
            if (spec.interpolation() == null) {
                break; // what smoothing adds is the same for all tokens
            }
        }
        return random.below(shape.size());
    }
}
