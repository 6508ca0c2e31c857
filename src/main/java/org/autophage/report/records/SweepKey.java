package org.autophage.report.records;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.autophage.base.Printable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A key that a sweep went over.
 *
 * @param key dotted, such as "sampling.bias"
 * @param values that it took, in the order asked for
 */
public record SweepKey(String key, List<JsonNode> values) {
    /** The field's letters for keys that have one. */
    private static final String KIND = "kind";

    private static final Map<String, String> SYMBOLS = Map.of(
            "loop.synthetic", "n_s",
            "loop.real", "n_r",
            "loop.initial", "n_ini",
            "loop.memory", "K",
            "sampling.bias", "λ",
            "dataset.dimensions", "d");

    private static final Map<String, String> MEANINGS = Map.of(
            "loop.synthetic", "synthetic samples",
            "loop.real", "real samples",
            "loop.initial", "real samples of generation 1",
            "loop.memory", "generations in memory",
            "sampling.bias", "sampling bias",
            "dataset.dimensions", "dimensions");

    /**
     * The keys that tell the values of a list apart: the key itself, or, where the values are mappings of keys that change
     * together, the first of those keys that do.
     */
    static List<SweepKey> of(String key, JsonNode list) {
        List<JsonNode> values = StreamSupport.stream(list.spliterator(), false).toList();
        if (!values.stream().allMatch(JsonNode::isObject)) {
            return List.of(new SweepKey(key, values));
        }
        Set<String> below = new LinkedHashSet<>();
        values.forEach(value -> below.addAll(FlatTree.of(value).keySet()));
        List<SweepKey> keys = new ArrayList<>();
        for (String each : below) {
            SweepKey candidate = new SweepKey(each, List.of());
            List<JsonNode> given = values.stream().map(candidate::in).distinct().toList();
            if (given.size() > 1 && combinations(keys, values) < values.size()) {
                keys.add(new SweepKey(each, given));
            }
        }
        return keys.stream()
                .map(each -> new SweepKey(key + "." + each.key(), each.values()))
                .toList();
    }

    private static long combinations(List<SweepKey> keys, List<JsonNode> values) {
        return values.stream()
                .map(value -> keys.stream().map(key -> key.in(value)).toList())
                .distinct()
                .count();
    }

    /** Its letter, or the last of its names. */
    public String symbol() {
        return SYMBOLS.getOrDefault(key, key.substring(key.lastIndexOf('.') + 1));
    }

    /** What an axis or a column is called: letter and meaning, or the key. */
    public String label() {
        return MEANINGS.containsKey(key) ? symbol() + ", " + MEANINGS.get(key) : key;
    }

    /** What a spec has for some keys: "fresh-data, λ = 0.5"; a kind speaks for itself. */
    public static String label(List<SweepKey> keys, JsonNode spec) {
        return keys.stream()
                .map(key -> (key.symbol().equals("kind") ? "" : key.symbol() + " = ") + text(key.written(spec)))
                .collect(Collectors.joining(", "));
    }

    /** Whether it tells repetitions of a loop apart, and no loops. */
    public boolean isSeeds() {
        return key.equals("seeds");
    }

    /** Whether its values lie on an axis: several numbers. */
    public boolean isAxis() {
        return values.size() > 1 && values.stream().allMatch(JsonNode::isNumber);
    }

    /** The value that a spec has for it. */
    public JsonNode in(JsonNode spec) {
        JsonNode node = spec;
        for (String step : key.split("\\.")) {
            node = node.path(step);
        }
        return node;
    }

    /** The same as the sweep wrote it, where that is a list of parts: a spec has them with all that was left out. */
    public JsonNode written(JsonNode spec) {
        JsonNode value = in(spec);
        int place = placeOf(value);
        return place < values.size() && values.get(place).isArray() ? values.get(place) : value;
    }

    /** Whether a spec has one of the values; 1 and 1.0 are the same number. */
    boolean holdsFor(JsonNode spec) {
        return placeOf(in(spec)) < values.size();
    }

    /** The place of a value among those asked for. */
    int placeOf(JsonNode value) {
        int place = values.size();
        int most = -1;
        for (int i = 0; i < values.size(); i++) {
            int common = inCommon(values.get(i), value);
            if (common > most) {
                place = i;
                most = common;
            }
        }
        if (most >= 0) {
            return place;
        }
        // Mappings that leave a key out have its default.
        int leftOut = values.indexOf(MissingNode.getInstance());
        return leftOut < 0 ? values.size() : leftOut;
    }

    /**
     * How many values a spec has as they were written; below 0 where it has another one. A spec is complete: a part of it has keys that
     * were left out, and a list that was written empty may not be there.
     */
    private static int inCommon(JsonNode written, JsonNode complete) {
        if (written.isArray() && (complete.isArray() || complete.isMissingNode())) {
            int common = written.isEmpty() ? 1 : 0;
            for (int i = 0; i < written.size(); i++) {
                int each = inCommon(written.get(i), complete.path(i));
                if (each < 0) {
                    return each;
                }
                common += each;
            }
            return written.size() == complete.size() ? common : -1;
        }
        if (written.isObject() && complete.isObject()) {
            int common = 0;
            for (Map.Entry<String, JsonNode> property : written.properties()) {
                int each = inCommon(property.getValue(), complete.path(property.getKey()));
                if (each < 0) {
                    return each;
                }
                common += each;
            }
            return common;
        }
        boolean same = written.isNumber() && complete.isNumber()
                ? written.decimalValue().compareTo(complete.decimalValue()) == 0
                : written.equals(complete);
        return same ? 1 : -1;
    }

    /** A value as text: "0.7", "all", "[0, 1]", "sure, keep 0.5"; "none" where there is none. */
    public static String text(JsonNode value) {
        boolean parts = value.isArray() && value.valueStream().allMatch(part -> part.has(KIND));
        return value.isMissingNode() || parts && value.isEmpty()
                ? "none"
                : parts
                        ? value.valueStream().map(SweepKey::part).collect(Collectors.joining(" + "))
                        : FlatTree.text(value);
    }

    private static String part(JsonNode part) {
        return Printable.of(part.path(KIND).asString())
                + part.propertyStream()
                        .filter(property -> !property.getKey().equals(KIND))
                        .map(property -> ", " + property.getKey() + " " + FlatTree.text(property.getValue()))
                        .collect(Collectors.joining());
    }
}
