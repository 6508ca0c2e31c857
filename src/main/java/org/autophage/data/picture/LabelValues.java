package org.autophage.data.picture;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The labels of pictures one after the other, from whatever file has them: whole numbers from 0 on, words, or vectors of
 * zeros with a one; of one kind.
 */
final class LabelValues {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,18}");

    private final String where;

    /** A Long or a String a picture; null for one that has none. */
    private final List<@Nullable Object> values = new ArrayList<>();

    private final Map<Integer, String> bad = new LinkedHashMap<>();
    private @Nullable Object first;

    /** Of all vectors, once there is one. */
    private int vectorLength;

    /** @param where the file that has them, for messages */
    LabelValues(String where) {
        this.where = where;
    }

    /** A label that is written as text. */
    static JsonNode ofText(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches()
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(stripped))
                : JsonNodeFactory.instance.stringNode(stripped);
    }

    /**
     * Adds the next picture's label.
     *
     * @throws AutophageException (usage) if it is none, or of another kind than those before
     */
    void add(JsonNode label, String picture) {
        Object value = value(label, picture);
        first = first == null ? value : first;
        if (!first.getClass().equals(value.getClass())) {
            throw AutophageException.usage(
                    "%s has labels that are numbers and labels that are words, such as %s of %s: must be of one kind"
                            .formatted(where, shortened(label), picture));
        }
        values.add(value);
    }

    /**
     * Adds the next picture's label, or why the picture has none: it is then a bad one, which can be left out.
     *
     * @param label null for none
     */
    void addOrBad(@Nullable JsonNode label, String picture) {
        if (label == null || label.isNull()) {
            addBad("it has no label in " + where);
        } else if (label.isIntegralNumber() && label.longValue() < 0) {
            addBad("it has the label %s in %s: must be 0 or more".formatted(label, where));
        } else {
            add(label, picture);
        }
    }

    private void addBad(String reason) {
        bad.put(values.size(), reason);
        values.add(null);
    }

    /** Whether no picture has one. */
    boolean isEmpty() {
        return first == null;
    }

    /** Of all pictures, at least one of which has one. */
    PictureLabels labels() {
        Object other = Objects.requireNonNull(first, "a label");
        PictureLabels labels = other instanceof Long
                ? PictureLabels.ofNumbers(values.stream()
                        .mapToLong(value -> (Long) (value == null ? other : value))
                        .toArray())
                : PictureLabels.ofNames(values.stream()
                        .map(value -> (String) (value == null ? other : value))
                        .toList());
        return labels.with(bad);
    }

    /** A Long or a String. */
    private Object value(JsonNode label, String picture) {
        if (label.isString() && !label.asString().isBlank()) {
            return label.asString();
        }
        if (label.isArray()) {
            return position(label, picture);
        }
        if (label.isNumber()) {
            BigDecimal number = label.isFloatingPointNumber() && !Double.isFinite(label.asDouble())
                    ? BigDecimal.ONE.negate()
                    : label.decimalValue();
            boolean whole = number.stripTrailingZeros().scale() <= 0;
            if (whole && number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return number.longValueExact();
            }
        }
        throw wrong(label, picture);
    }

    /** Where the one is in a vector of zeros. */
    private long position(JsonNode vector, String picture) {
        vectorLength = vectorLength == 0 ? vector.size() : vectorLength;
        long position = -1;
        boolean right = vector.size() == vectorLength;
        for (int i = 0; i < vector.size() && right; i++) {
            JsonNode entry = vector.get(i);
            double value = entry.isNumber() ? entry.asDouble() : Double.NaN;
            right = value == 0 || value == 1 && position < 0;
            position = value == 1 ? i : position;
        }
        if (!right || position < 0) {
            throw wrong(vector, picture);
        }
        return position;
    }

    private AutophageException wrong(JsonNode label, String picture) {
        return AutophageException.usage(
                "%s has the label %s of %s: must be a class number, 0 or more, a word, or zeros with a one, as many as elsewhere"
                        .formatted(where, shortened(label), picture));
    }

    static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
