package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;

/**
 * How many of the newest generations synthetic images are drawn from; in a spec a number K or {@code all}.
 *
 * @param generations K, at least 1
 */
public record Memory(int generations) {
    /** Every generation so far. */
    public static final Memory ALL = new Memory(Integer.MAX_VALUE);

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Memory of(Object value) {
        if ("all".equals(value)) {
            return ALL;
        }
        if (value instanceof Integer generations) {
            return new Memory(generations);
        }
        throw WrongValue.of(WrongValue.ITSELF, value, "must be a whole number of generations, or all");
    }

    /** Refuses a memory of less than one generation; the key is for the message. */
    Memory check(String key) {
        Checks.within(key, generations, Range.atLeast(1), "or all");
        return this;
    }

    /** The oldest generation that the training set of generation t may draw from, at least 1. */
    public int oldest(int t) {
        return Math.max(1, t - generations);
    }

    /** What a spec says: the number, or "all". */
    @JsonValue
    public Object specValue() {
        return equals(ALL) ? (Object) "all" : (Object) generations;
    }
}
