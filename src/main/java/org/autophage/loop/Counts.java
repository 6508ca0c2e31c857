package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;

/**
 * How many images the training set of each generation takes from one source. In a spec: one number for all generations;
 * a list for generations 2, 3, …, whose last number holds for all later ones (generation 1 is {@code loop.initial});
 * or {@code all} for everything that the source holds.
 *
 * @param values images for generations 2, 3, …, at least one number; empty for {@code all}
 */
public record Counts(List<Integer> values) {
    /** Everything that the source holds. */
    public static final Counts ALL = new Counts(List.of());

    public static final Counts NONE = of(0);

    public Counts {
        values = List.copyOf(values);
    }

    /** The same number for every generation. */
    public static Counts of(int images) {
        return new Counts(List.of(images));
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Counts parse(Object value) {
        if ("all".equals(value)) {
            return ALL;
        }
        List<Integer> values = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : List.of(value)) {
            if (!(each instanceof Integer images)) {
                throw WrongValue.of(WrongValue.ITSELF, value, "must be a whole number, a list of them, or all");
            }
            values.add(images);
        }
        if (values.isEmpty()) {
            throw WrongValue.of(WrongValue.ITSELF, value, "must have a number for generation 2 at least");
        }
        return new Counts(values);
    }

    /** Refuses a negative number; the key is for the message. */
    Counts check(String key) {
        for (int i = 0; i < values.size(); i++) {
            Checks.within(values.size() == 1 ? key : key + "[" + i + "]", values.get(i), Range.atLeast(0));
        }
        return this;
    }

    public boolean isAll() {
        return values.isEmpty();
    }

    /**
     * The number for a generation; not for {@code all}.
     *
     * @param generation t ≥ 2
     */
    public int at(int generation) {
        return values.get(Math.min(generation - 2, values.size() - 1));
    }

    /** What a spec says: "all", a number, or a list. */
    @JsonValue
    public Object specValue() {
        if (isAll()) {
            return "all";
        }
        return values.size() == 1 ? (Object) values.get(0) : values;
    }
}
