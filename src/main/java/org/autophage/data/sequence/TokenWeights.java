package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * How probable tokens are against each other. In a spec: {@code zipf}, {@code uniform}, or a list with a weight a token.
 *
 * @param name of a law that there is for any number of tokens; null for a list
 * @param list weights, at least 0 and one above; empty for a name
 */
public record TokenWeights(@Nullable String name, List<Double> list) {
    private static final String RANKED = "zipf";
    private static final String EQUAL = "uniform";

    static final TokenWeights ZIPF = new TokenWeights(RANKED, List.of());
    static final TokenWeights UNIFORM = new TokenWeights(EQUAL, List.of());

    private static final String MEANING = "must be zipf, uniform, or a list of weights, one a token, at least 0";

    public TokenWeights {
        list = List.copyOf(list);
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TokenWeights parse(Object value) {
        if (value instanceof List<?> list) {
            List<Double> weights = new ArrayList<>();
            for (Object each : list) {
                if (!(each instanceof Number number && number.doubleValue() >= 0)
                        || Double.isInfinite(number.doubleValue())) {
                    throw WrongValue.of(WrongValue.ITSELF, value, MEANING);
                }
                weights.add(number.doubleValue());
            }
            if (weights.stream().noneMatch(weight -> weight > 0)) {
                throw WrongValue.of(WrongValue.ITSELF, value, "one weight must be above 0");
            }
            if (Double.isInfinite(
                    weights.stream().mapToDouble(Double::doubleValue).sum())) {
                throw WrongValue.of(WrongValue.ITSELF, value, "the sum of the weights is no number; make them smaller");
            }
            return new TokenWeights(null, weights);
        }
        if (value.equals(RANKED)) {
            return ZIPF;
        }
        if (value.equals(EQUAL)) {
            return UNIFORM;
        }
        throw WrongValue.of(WrongValue.ITSELF, value, MEANING);
    }

    /** What a spec says. */
    @JsonValue
    public Object specValue() {
        return name == null ? list : name;
    }

    /** Refuses keys that say what a list says itself, or what a law has not. */
    void check(String section, @Nullable Integer vocabulary, @Nullable Double exponent) {
        if (name == null) {
            Checks.leftOut(section + ".vocabulary", vocabulary, "law is a list, which has its own length");
            if (list.size() < 2) {
                throw WrongValue.of(section + ".law", list, "must have at least 2 weights, one a token");
            }
        }
        if (!equals(ZIPF)) {
            Checks.leftOut(section + ".exponent", exponent, "law is not zipf");
        }
    }

    /** V. */
    int size(@Nullable Integer vocabulary, int usual) {
        return name == null ? list.size() : vocabulary == null ? usual : vocabulary;
    }

    /**
     * Probabilities of tokens 0, 1, …
     *
     * @param size V, of a list its length
     * @param exponent s of Zipf's law: token i has the weight (i + 1)⁻ˢ
     */
    double[] probabilities(int size, double exponent) {
        double[] weights = new double[size];
        Arrays.setAll(weights, i -> name == null ? list.get(i) : equals(ZIPF) ? Math.pow(i + 1, -exponent) : 1);
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / sum);
        return weights;
    }
}
