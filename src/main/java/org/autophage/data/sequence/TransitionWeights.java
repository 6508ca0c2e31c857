package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.WrongValue;

/**
 * How probable each token is after each. In a spec: {@code zipf}, {@code uniform}, or a list of lists, a row a token.
 *
 * @param rows one law that all rows have, turned by one token from row to row, or a list a row
 */
public record TransitionWeights(List<TokenWeights> rows) {
    static final TransitionWeights ZIPF = new TransitionWeights(List.of(TokenWeights.ZIPF));

    public TransitionWeights {
        rows = List.copyOf(rows);
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TransitionWeights parse(Object value) {
        if (!(value instanceof List<?> list)) {
            return new TransitionWeights(List.of(TokenWeights.parse(value)));
        }
        List<TokenWeights> rows = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof List<?> row && row.size() == list.size())) {
                throw WrongValue.of(
                        WrongValue.ITSELF,
                        value,
                        "must be zipf, uniform, or as many lists of weights as there are tokens, each with a weight a token");
            }
            rows.add(TokenWeights.parse(row));
        }
        if (rows.size() < 2) {
            throw WrongValue.of(WrongValue.ITSELF, value, "must have at least 2 tokens");
        }
        return new TransitionWeights(rows);
    }

    /** What a spec says. */
    @JsonValue
    public Object specValue() {
        return isNamed() ? rows.get(0).specValue() : rows;
    }

    /** Whether it is a law that there is for any number of tokens. */
    boolean isNamed() {
        return rows.size() == 1;
    }

    /** The table (V, V), row-major: of a named law row i gives token (i + k) mod V the probability of its token k. */
    double[] table(int size, double exponent) {
        double[] table = new double[Math.multiplyExact(size, size)];
        for (int row = 0; row < size; row++) {
            double[] law = rows.get(isNamed() ? 0 : row).probabilities(size, exponent);
            for (int token = 0; token < size; token++) {
                table[row * size + (isNamed() ? (row + token) % size : token)] = law[token];
            }
        }
        return table;
    }
}
