package org.autophage.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.autophage.base.AutophageException;
import org.autophage.run.Identity;
import tools.jackson.databind.JsonNode;

/**
 * A change to a spec from the command line: {@code sampling.bias=0.5}.
 *
 * @param key the place that it changes
 * @param value what it puts there, read as YAML
 */
public record SpecOverride(KeyPath key, JsonNode value) {
    /** Reads {@code key.path=value}. */
    static SpecOverride parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(0, equals).isBlank()) {
            throw AutophageException.usage(
                    "\"" + text + "\" is no override: must be key=value, such as sampling.bias=0.5");
        }
        KeyPath key = KeyPath.parse(text.substring(0, equals).strip());
        if (key.steps().stream().anyMatch(String::isEmpty)) {
            throw AutophageException.usage(
                    "\"" + text + "\" is no override: its key must be names with dots between them");
        }
        return new SpecOverride(key, Yaml.parse(text.substring(equals + 1), "override " + text, key));
    }

    /** The same with a whole number as such, where the spec record of a type takes no other. */
    SpecOverride plain(Class<?> type) {
        return new SpecOverride(key, WholeNumbers.at(type, key, value));
    }

    /** Whether a run with this override is an arm of its own, with a folder of its own. */
    boolean makesAnotherExperiment() {
        return !Identity.isOpen(key.toString());
    }

    /**
     * What a name grows by: the overrides that make another experiment, by key, so that their order on the command line
     * does not matter, and only the last one of a key.
     */
    static String nameSuffix(Collection<SpecOverride> overrides) {
        Collection<SpecOverride> telling = overrides.stream()
                .filter(SpecOverride::makesAnotherExperiment)
                .collect(Collectors.toMap(change -> change.key().toString(), change -> change, (first, last) -> last))
                .values();
        return telling.isEmpty() ? "" : "," + inName(telling);
    }

    /** How changes read in the name of a folder, by key. */
    public static String inName(Collection<SpecOverride> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(change -> change.key().toString()))
                .map(SpecOverride::inName)
                .collect(Collectors.joining(","));
    }

    private String inName() {
        return key.toString().replace("[", ".").replace("]", "") + "=" + fileName(value);
    }

    /** A value in letters that a folder's name may have on every file system. */
    private static String fileName(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(element -> element.isObject() ? partName(element) : fileName(element))
                    .collect(Collectors.joining("+"));
        }
        return (value.isString() ? value.asString() : value.toString()).replaceAll("[^A-Za-z0-9.+-]", "_");
    }

    /** A part in a list, such as a remedy: its kind, and its other keys with their values. */
    private static String partName(JsonNode part) {
        return part.propertyStream()
                .map(entry -> entry.getKey().equals(SpecKinds.KEY)
                        ? fileName(entry.getValue())
                        : entry.getKey() + "-" + fileName(entry.getValue()))
                .collect(Collectors.joining("-"));
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
