package org.autophage.sweep;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.spec.Yaml;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers from one to another: {@code {from: 100, to: 1000, step: 100}} or {@code {from: 1e-3, to: 1e-1, count: 5, scale:
 * log}}. Values are exact decimals, as a person would have written them; those of {@code count} have at most six
 * significant digits, for folders are named after them. Where both ends are whole numbers, all are.
 *
 * @param from the first number
 * @param to the last one, greater
 * @param step from each to the next, greater than 0; the last one is {@code to} exactly
 * @param count how many, instead of {@code step}; at least 2
 * @param scale whether differences or ratios are equal; with {@code count} only
 * @param whole whether all numbers are whole ones
 */
record SweepRange(
        BigDecimal from,
        BigDecimal to,
        @Nullable BigDecimal step,
        @Nullable Integer count,
        @Nullable Scale scale,
        boolean whole) {
    private static final Set<String> KEYS = Set.of("from", "to", "step", "count", "scale");
    private static final MathContext SHORT = new MathContext(6, RoundingMode.HALF_EVEN);
    private static final String EXAMPLE = "such as {from: 100, to: 1000, step: 100}";

    enum Scale {
        LINEAR,
        LOG
    }

    /** Whether a mapping is a range, and not keys with values of their own. */
    static boolean is(JsonNode node) {
        return node.isObject() && (node.has("from") || node.has("to"));
    }

    /**
     * Reads a range.
     *
     * @param place file and key, for errors
     * @throws AutophageException with USAGE, naming place and key, if it is not one
     */
    static SweepRange parse(ObjectNode range, String place) {
        for (String key : range.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw AutophageException.usage(
                        "%s.%s: a range has the keys from, to, and step or count and scale".formatted(place, key));
            }
        }
        BigDecimal from = number(range, "from", place);
        BigDecimal to = number(range, "to", place);
        if (from.compareTo(to) >= 0) {
            throw AutophageException.usage("%s is from %s to %s: from must be less than to"
                    .formatted(place, range.get("from"), range.get("to")));
        }
        if (range.has("step") == range.has("count")) {
            throw AutophageException.usage(
                    "%s is %s: must have either step or count, %s".formatted(place, range, EXAMPLE));
        }
        boolean whole = range.get("from").isIntegralNumber() && range.get("to").isIntegralNumber();
        return range.has("step") ? inSteps(range, from, to, whole, place) : counted(range, from, to, whole, place);
    }

    private static SweepRange inSteps(ObjectNode range, BigDecimal from, BigDecimal to, boolean whole, String place) {
        BigDecimal step = number(range, "step", place);
        if (range.has("scale")) {
            throw AutophageException.usage(place + ".scale: goes with count, not with step");
        }
        if (step.signum() <= 0) {
            throw AutophageException.usage("%s.step is %s: must be greater than 0".formatted(place, range.get("step")));
        }
        BigInteger steps = to.subtract(from).divideToIntegralValue(step).toBigInteger();
        checkCount(steps.add(BigInteger.ONE), place);
        BigDecimal last = from.add(step.multiply(new BigDecimal(steps)));
        if (last.compareTo(to) != 0) {
            throw AutophageException.usage("%s.to is %s, which no step of %s reaches: write %s or %s"
                    .formatted(
                            place,
                            range.get("to"),
                            range.get("step"),
                            plain(last, whole),
                            plain(last.add(step), whole)));
        }
        return new SweepRange(
                from, to, step, null, null, whole && range.get("step").isIntegralNumber());
    }

    private static SweepRange counted(ObjectNode range, BigDecimal from, BigDecimal to, boolean whole, String place) {
        JsonNode count = range.get("count");
        if (!count.isIntegralNumber() || count.decimalValue().compareTo(BigDecimal.valueOf(2)) < 0) {
            throw AutophageException.usage(
                    "%s.count is %s: must be a whole number of at least 2".formatted(place, count));
        }
        checkCount(count.bigIntegerValue(), place);
        String scale = range.path("scale").asString("linear");
        if (!scale.equals("linear") && !scale.equals("log")) {
            throw AutophageException.usage("%s.scale is %s: must be linear or log".formatted(place, scale));
        }
        if (scale.equals("log") && from.signum() <= 0) {
            throw AutophageException.usage(
                    "%s.from is %s: must be greater than 0 on a logarithmic scale".formatted(place, range.get("from")));
        }
        return new SweepRange(from, to, null, count.intValue(), scale.equals("log") ? Scale.LOG : Scale.LINEAR, whole);
    }

    private static void checkCount(BigInteger count, String place) {
        if (count.compareTo(BigInteger.valueOf(SweepSpec.MOST_CELLS)) > 0) {
            throw AutophageException.usage(
                    "%s has %s values: must be at most %d".formatted(place, count, SweepSpec.MOST_CELLS));
        }
    }

    private static BigDecimal number(ObjectNode range, String key, String place) {
        JsonNode value = range.path(key);
        if (value.isMissingNode()) {
            throw AutophageException.usage("%s has no %s: a range is written %s".formatted(place, key, EXAMPLE));
        }
        if (!value.isNumber()) {
            throw AutophageException.usage("%s.%s is %s: must be a number".formatted(place, key, value));
        }
        return value.decimalValue();
    }

    /** All of its numbers, in order, as if each had been written. */
    List<JsonNode> values() {
        List<BigDecimal> numbers = new ArrayList<>();
        if (step != null) {
            for (BigDecimal number = from; number.compareTo(to) <= 0; number = number.add(step)) {
                numbers.add(number);
            }
        } else if (count != null) {
            numbers.add(from);
            for (int i = 1; i < count - 1; i++) {
                numbers.add(between(i, count - 1).round(SHORT));
            }
            numbers.add(to);
        }
        return numbers.stream()
                .map(number -> Yaml.parse(plain(number, whole), "range"))
                .toList();
    }

    private BigDecimal between(int i, int intervals) {
        if (scale == Scale.LOG) {
            double ratio = to.doubleValue() / from.doubleValue();
            return BigDecimal.valueOf(from.doubleValue() * Math.pow(ratio, (double) i / intervals));
        }
        BigDecimal distance = to.subtract(from).multiply(BigDecimal.valueOf(i));
        return from.add(distance.divide(BigDecimal.valueOf(intervals), MathContext.DECIMAL64));
    }

    /** 300, 0.7, 1.0: digits that a folder can be named after; numbers that are not all whole have a point. */
    private static String plain(BigDecimal number, boolean whole) {
        if (whole) {
            return number.setScale(0, RoundingMode.HALF_UP).toPlainString();
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
    }
}
