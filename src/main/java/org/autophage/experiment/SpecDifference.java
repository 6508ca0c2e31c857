package org.autophage.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A key in which two complete specs differ.
 *
 * @param key the key
 * @param before its value in the first spec, or "absent"
 * @param after its value in the second spec, or "absent"
 */
record SpecDifference(KeyPath key, String before, String after) {
    /** The first difference outside the given keys, in the order of the first spec. */
    static Optional<SpecDifference> first(JsonNode before, JsonNode after, Set<String> mayDiffer) {
        return first(new KeyPath(List.of()), before, after, mayDiffer);
    }

    private static Optional<SpecDifference> first(KeyPath at, JsonNode before, JsonNode after, Set<String> mayDiffer) {
        if (mayDiffer.contains(at.toString()) || sameValue(before, after)) {
            return Optional.empty();
        }
        if (!before.isObject() || !after.isObject()) {
            return Optional.of(new SpecDifference(at, text(before), text(after)));
        }
        Set<String> names =
                before.propertyStream().map(Map.Entry::getKey).collect(Collectors.toCollection(LinkedHashSet::new));
        after.propertyStream().map(Map.Entry::getKey).forEach(names::add);
        return names.stream()
                .flatMap(name -> first(at.child(name), before.path(name), after.path(name), mayDiffer).stream())
                .findFirst();
    }

    /** Equal as a person sees it: 1 and 1.0 are the same number. */
    private static boolean sameValue(JsonNode before, JsonNode after) {
        if (before.isNumber() && after.isNumber()) {
            return before.decimalValue().compareTo(after.decimalValue()) == 0;
        }
        return before.equals(after);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.isString() ? value.asString() : value.toString();
    }
}
