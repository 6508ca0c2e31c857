package org.autophage.base;

import org.jspecify.annotations.Nullable;

/**
 * Looks at what a person gave: keys of a spec, options of the command line. What is refused is so in one form, {@code KEY is
 * VALUE: must be RANGE, MEANING}. Null is a key that was left out; it is right in any range.
 */
public final class Checks {
    private Checks() {}

    /**
     * Refuses a number outside of a range.
     *
     * @throws WrongValue which knows the key
     */
    public static void within(String key, @Nullable Number value, Range range) {
        within(key, value, range, "");
    }

    /**
     * Refuses a number outside of a range.
     *
     * @param meaning what the value stands for, or why the range is as it is; empty where the key says it
     * @throws WrongValue which knows the key
     */
    public static void within(String key, @Nullable Number value, Range range, String meaning) {
        if (value != null && !range.has(value.doubleValue())) {
            boolean infinite = value.doubleValue() == Double.POSITIVE_INFINITY && range.to() == value.doubleValue();
            throw mustBe(key, value, range.inWords() + (infinite ? " and finite" : ""), meaning);
        }
    }

    /** Refuses a number that is not so many times another one. */
    public static void multipleOf(int unit, String key, int value, String meaning) {
        if (value % unit != 0) {
            throw mustBe(key, value, "a multiple of " + unit, meaning);
        }
    }

    /** Refuses a text without a letter. */
    public static void notBlank(String key, String value, String right) {
        if (value.isBlank()) {
            throw WrongValue.of(key, "empty", "must be " + right);
        }
    }

    /**
     * Refuses a key that has no meaning beside the others.
     *
     * @param reason a clause, such as "only architecture stylegan2 has it"
     */
    public static void leftOut(String key, @Nullable Object value, String reason) {
        if (value != null) {
            Object seen = value instanceof Record ? "written" : value; // a section is no value to be read aloud
            throw WrongValue.of(key, seen, reason + "; leave the key out");
        }
    }

    /**
     * What is said of a value outside a range.
     *
     * @param meaning as of {@link #within(String, Number, Range, String)}
     */
    public static WrongValue mustBe(String key, Object value, Range range, String meaning) {
        return mustBe(key, value, range.inWords(), meaning);
    }

    private static WrongValue mustBe(String key, Object value, String right, String meaning) {
        return WrongValue.of(key, value, "must be " + right + (meaning.isEmpty() ? "" : ", " + meaning));
    }
}
