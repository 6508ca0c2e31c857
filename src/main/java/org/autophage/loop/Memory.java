package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.autophage.base.AutophageException;

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
        throw AutophageException.usage(
                "the loop's memory is %s: must be a whole number of generations, or all".formatted(value));
    }

    /** Refuses a memory of less than one generation; the key is for the message. */
    Memory check(String key) {
        if (generations < 1) {
            throw AutophageException.usage(
                    "%s is %d: must be at least 1 generation, or all".formatted(key, generations));
        }
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
