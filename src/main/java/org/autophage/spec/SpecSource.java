package org.autophage.spec;

import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A spec as a person gave it: a file, and overrides from the command line.
 *
 * @param file where the spec was read, for errors
 * @param tree what it says, overrides applied and the name extended by them
 * @param overrides what the command line changed
 */
public record SpecSource(Path file, ObjectNode tree, List<SpecOverride> overrides) {
    /** The key that names the experiment. */
    public static final String NAME = "name";

    /**
     * Reads a spec file and applies overrides.
     *
     * @param type of the spec's record
     * @param overrides each {@code key.path=value}; later ones win
     * @throws AutophageException with USAGE if the file is missing, is no YAML mapping, or an override is malformed
     */
    public static SpecSource read(Class<?> type, Path file, List<String> overrides) {
        ObjectNode tree = WholeNumbers.in(type, Yaml.readMapping(file));
        List<SpecOverride> changes = overrides.stream()
                .map(SpecOverride::parse)
                .map(change -> change.plain(type))
                .toList();
        if (!tree.hasNonNull(NAME)) {
            tree.put(NAME, file.getFileName().toString().replaceFirst("\\.ya?ml$", ""));
        }
        boolean named =
                changes.stream().anyMatch(change -> change.key().toString().equals(NAME));
        if (!named && tree.path(NAME).isString()) {
            tree.put(NAME, tree.path(NAME).asString() + SpecOverride.nameSuffix(changes));
        }
        for (SpecOverride change : changes) {
            change.key().set(tree, change.value());
        }
        return new SpecSource(file, tree, changes);
    }

    /** The spec with every default filled in, as a record. */
    public <T> T bind(Class<T> type) {
        return SpecBinder.bind(type, SpecDefaults.complete(type, tree), this::nameOf);
    }

    /** What to name in an error about a key: the override that brought it, or the file. */
    public String nameOf(KeyPath key) {
        return overrides.stream()
                .filter(change -> change.key().startsWith(key) || key.startsWith(change.key()))
                .reduce((first, last) -> last)
                .map(change -> "override " + change.key() + "=" + text(change.value()))
                .orElse(file.toString());
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }
}
