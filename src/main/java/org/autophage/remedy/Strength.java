package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;

/**
 * How strongly a remedy acts in each generation. In a spec: one number for all generations, or a list for generations 1, 2, 3, …
 * whose last number holds for all later ones.
 *
 * @param values for generations 1, 2, 3, …, at least one
 */
public record Strength(List<Double> values) {
    public Strength {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw AutophageException.usage(
                    "a list of a remedy's strengths is empty: must have a number for generation 1 at least");
        }
    }

    /** The same in every generation. */
    public static Strength of(double value) {
        return new Strength(List.of(value));
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Strength parse(Object value) {
        List<Double> values = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : List.of(value)) {
            if (!(each instanceof Number number)) {
                throw AutophageException.usage(
                        "a remedy's strength is %s: must be a number, or a list of them, one a generation"
                                .formatted(value));
            }
            values.add(number.doubleValue());
        }
        return new Strength(values);
    }

    /** Refuses what lies outside a range, where the key says what the numbers mean. */
    Strength check(String key, Range range) {
        return check(key, range, "");
    }

    /**
     * Refuses what lies outside a range.
     *
     * @param key for the message
     * @param means what the numbers say, for the message
     * @throws AutophageException with USAGE
     */
    Strength check(String key, Range range, String means) {
        for (double value : values) {
            if (!range.has(value)) {
                throw Checks.mustBe(key, specValue(), range, means);
            }
        }
        return this;
    }

    /** The smallest of all generations. */
    double least() {
        return values.stream().mapToDouble(each -> each).min().orElseThrow();
    }

    /**
     * The number for a generation.
     *
     * @param generation t ≥ 1
     */
    public double at(int generation) {
        return values.get(Math.min(generation, values.size()) - 1);
    }

    /** What a spec says: a number, or a list. */
    @JsonValue
    public Object specValue() {
        return values.size() == 1 ? (Object) values.get(0) : values;
    }
}
