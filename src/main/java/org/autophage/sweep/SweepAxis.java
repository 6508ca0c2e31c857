package org.autophage.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.autophage.base.AutophageException;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.spec.KeyPath;
import org.autophage.spec.SpecOverride;
import org.autophage.spec.SpecSource;
import org.autophage.spec.WholeNumbers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key that a sweep goes over.
 *
 * @param key the place in the spec
 * @param values what is put there, one after the other; at least one, no two alike. A mapping is keys below that place
 *     which change together, and leaves the others as they are
 */
record SweepAxis(KeyPath key, List<JsonNode> values) {
    /** Keys that cannot be swept over: one names the sweep, the other is it. */
    private static final Set<String> NEVER = Set.of(SpecSource.NAME, ExperimentSpec.SWEEP);

    /**
     * Reads the section of a spec: dotted keys, or mappings in mappings, with lists or {@linkplain SweepRange ranges} at
     * their ends.
     *
     * @param file where it was written, for errors
     * @throws AutophageException with USAGE, naming file and key, if the section says nothing that can be swept over
     */
    static List<SweepAxis> parse(JsonNode section, String file) {
        String place = file + ": " + ExperimentSpec.SWEEP;
        if (!(section instanceof ObjectNode mapping) || mapping.isEmpty()) {
            throw AutophageException.usage(
                    "%s is %s: must be a mapping of keys to lists, such as {sampling.bias: [0.7, 1.0]}"
                            .formatted(place, section));
        }
        Map<String, JsonNode> lists = new LinkedHashMap<>();
        flatten("", mapping, lists);
        List<SweepAxis> axes = new ArrayList<>();
        lists.forEach((key, list) -> axes.add(axis(key, list, place + "." + key)));
        refuseOverlaps(axes, place);
        return axes;
    }

    /** What a value changes in the spec. */
    List<SpecOverride> changes(JsonNode value) {
        return changes(key, value);
    }

    private static List<SpecOverride> changes(KeyPath place, JsonNode value) {
        return value.isObject() && !value.isEmpty()
                ? value.propertyStream()
                        .flatMap(entry -> changes(place.child(entry.getKey()), entry.getValue()).stream())
                        .toList()
                : List.of(new SpecOverride(place, value));
    }

    /** The places in the spec that its values decide on. */
    Set<KeyPath> keys() {
        return values.stream()
                .flatMap(value -> changes(value).stream())
                .map(SpecOverride::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void refuseOverlaps(List<SweepAxis> axes, String place) {
        for (int i = 0; i < axes.size(); i++) {
            for (SweepAxis earlier : axes.subList(0, i)) {
                for (KeyPath here : axes.get(i).keys()) {
                    if (earlier.keys().stream().anyMatch(there -> here.startsWith(there) || there.startsWith(here))) {
                        throw AutophageException.usage("%s sets %s under %s and again under %s: name each key once"
                                .formatted(
                                        place, here, earlier.key(), axes.get(i).key()));
                    }
                }
            }
        }
    }

    private static void flatten(String prefix, ObjectNode mapping, Map<String, JsonNode> lists) {
        mapping.propertyStream().forEach(entry -> {
            String key = prefix + entry.getKey();
            if (entry.getValue() instanceof ObjectNode below && !below.isEmpty() && !SweepRange.is(below)) {
                flatten(key + ".", below, lists);
            } else {
                lists.put(key, entry.getValue());
            }
        });
    }

    /** A range whose numbers are whole ones where the key takes no others. */
    private static ObjectNode plain(KeyPath path, ObjectNode range) {
        ObjectNode plain = range.deepCopy();
        range.propertyStream()
                .forEach(entry -> plain.set(
                        entry.getKey(),
                        entry.getKey().equals("count")
                                ? WholeNumbers.whole(entry.getValue())
                                : WholeNumbers.at(ExperimentSpec.class, path, entry.getValue())));
        return plain;
    }

    private static SweepAxis axis(String key, JsonNode list, String place) {
        if (!list.isArray() && !list.isObject()) {
            throw AutophageException.usage(
                    "%s is %s: must be a list, such as [0.7, 1.0], or a range".formatted(place, list));
        }
        if (list.isEmpty()) {
            throw AutophageException.usage("%s is %s: must have at least one value".formatted(place, list));
        }
        KeyPath path = KeyPath.parse(key);
        if (path.steps().stream().anyMatch(String::isEmpty)) {
            throw AutophageException.usage(place + " is no key: must be names with dots between them");
        }
        if (NEVER.contains(path.steps().get(0))) {
            throw AutophageException.usage(place + ": this key cannot be swept over");
        }
        List<JsonNode> values = list instanceof ObjectNode range
                ? SweepRange.parse(plain(path, range), place).values()
                : StreamSupport.stream(list.spliterator(), false)
                        .map(value -> WholeNumbers.at(ExperimentSpec.class, path, value))
                        .toList();
        List<String> names = values.stream()
                .map(value -> SpecOverride.inName(changes(path, value)))
                .toList();
        for (int i = 0; i < names.size(); i++) {
            int first = names.indexOf(names.get(i));
            if (first < i) {
                throw AutophageException.usage("%s has %s and %s, which would share the folder %s: name each value once"
                        .formatted(place, values.get(first), values.get(i), names.get(i)));
            }
        }
        return new SweepAxis(path, values);
    }
}
