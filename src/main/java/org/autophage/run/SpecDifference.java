package org.autophage.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A key in which two complete specs differ.
 *
 * @param key the key, written with dots
 * @param before its value in the first spec, or "absent"
 * @param after its value in the second spec, or "absent"
 */
public record SpecDifference(String key, String before, String after) {
    private static final int MOST_NAMED = 6;

    /** The differences that make another experiment of the second spec, in the order of the first. */
    public static List<SpecDifference> ofIdentity(JsonNode before, JsonNode after) {
        return all(before, after, Identity.OPEN);
    }

    /** All differences outside the given keys, in the order of the first spec. */
    static List<SpecDifference> all(JsonNode before, JsonNode after, Set<String> mayDiffer) {
        List<SpecDifference> differences = new ArrayList<>();
        collect("", before, after, mayDiffer, differences);
        return differences;
    }

    private static void collect(
            String at, JsonNode before, JsonNode after, Set<String> mayDiffer, List<SpecDifference> differences) {
        if (mayDiffer.contains(at) || sameValue(before, after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            differences.add(new SpecDifference(at.isEmpty() ? "everything" : at, text(before), text(after)));
            return;
        }
        Set<String> names =
                before.propertyStream().map(Map.Entry::getKey).collect(Collectors.toCollection(LinkedHashSet::new));
        after.propertyStream().map(Map.Entry::getKey).forEach(names::add);
        for (String name : names) {
            String key = at.isEmpty() ? name : at + "." + name;
            collect(key, before.path(name), after.path(name), mayDiffer, differences);
        }
    }

    /** Equal as a person sees it: 1 and 1.0 are the same number. */
    private static boolean sameValue(JsonNode before, JsonNode after) {
        if (isFinite(before) && isFinite(after)) {
            return before.decimalValue().compareTo(after.decimalValue()) == 0;
        }
        return before.equals(after);
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.asDouble());
    }

    /**
     * Some of them, for a message.
     *
     * @param format of one: its key, the value before and the value after
     */
    public static String inSentence(List<SpecDifference> differences, String format) {
        String named = differences.stream()
                .limit(MOST_NAMED)
                .map(each -> format.formatted(each.key(), each.before(), each.after()))
                .collect(Collectors.joining(", "));
        int others = differences.size() - MOST_NAMED;
        return others > 0 ? named + " and " + others + " more" : named;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.isString() ? value.asString() : value.toString();
    }
}
