package org.autophage.base;

import java.math.BigDecimal;

/**
 * Which numbers a value may be; in words as messages have it: "at least 1", "from 1 to 64", "in (0, 1]". Infinity and what is
 * no number are in no range.
 *
 * @param from the lower end
 * @param to the upper end; infinite for none
 * @param withFrom whether the lower end itself is in it
 * @param withTo whether the upper end itself is in it
 * @param inWords what a value must be
 */
public record Range(double from, double to, boolean withFrom, boolean withTo, String inWords) {
    public static Range atLeast(long least) {
        return new Range(least, Double.POSITIVE_INFINITY, true, false, "at least " + least);
    }

    public static Range above(double bound) {
        return new Range(bound, Double.POSITIVE_INFINITY, false, false, "above " + written(bound));
    }

    /** Whole numbers, ends included. */
    public static Range wholeFrom(long least, long most) {
        return new Range(least, most, true, true, "from " + least + " to " + most);
    }

    /** [from, to]. */
    public static Range closed(double from, double to) {
        return interval(from, to, true, true);
    }

    /** (from, to). */
    public static Range open(double from, double to) {
        return interval(from, to, false, false);
    }

    /** [from, to). */
    public static Range closedOpen(double from, double to) {
        return interval(from, to, true, false);
    }

    /** (from, to]. */
    public static Range openClosed(double from, double to) {
        return interval(from, to, false, true);
    }

    /** Any number but infinity and what is none. */
    public static Range finite() {
        return new Range(-Double.MAX_VALUE, Double.MAX_VALUE, true, true, "a finite number");
    }

    /** The same of a key that may be left out instead, to have nothing of it. */
    public Range orNone() {
        return new Range(from, to, withFrom, withTo, inWords + "; leave the key out for none");
    }

    private static Range interval(double from, double to, boolean withFrom, boolean withTo) {
        String words = "in %s%s, %s%s".formatted(withFrom ? "[" : "(", written(from), written(to), withTo ? "]" : ")");
        return new Range(from, to, withFrom, withTo, words);
    }

    public boolean has(double value) {
        return (withFrom ? value >= from : value > from) && (withTo ? value <= to : value < to);
    }

    /** Without exponents; whole numbers without a point. */
    private static String written(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
