package org.autophage.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.WrongValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The place of a value in a spec, written with dots: {@code loop.generations}. An index into a list is written as
 * {@code seeds[2]}.
 *
 * @param steps the keys from the top; an index is a step of its own, such as {@code [2]}
 */
public record KeyPath(List<String> steps) {
    private static final Pattern INDEX = Pattern.compile("\\[\\d{1,9}]");

    public KeyPath {
        steps = List.copyOf(steps);
    }

    public static KeyPath parse(String dotted) {
        return new KeyPath(
                List.of(dotted.replaceAll("(?<=[^.])(?=\\[\\d{1,9}])", ".").split("\\.", -1)));
    }

    /** Where Jackson found a fault. */
    static KeyPath of(JacksonException e) {
        List<String> steps = new ArrayList<>();
        for (JacksonException.Reference reference : e.getPath()) {
            String name = reference.getPropertyName();
            steps.add(name == null ? "[" + reference.getIndex() + "]" : name);
        }
        return new KeyPath(steps);
    }

    public KeyPath child(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new KeyPath(longer);
    }

    /** The place of the key that was wrong, as the part at this place says. */
    KeyPath of(WrongValue wrong) {
        if (wrong.key().equals(WrongValue.ITSELF)) {
            return this;
        }
        KeyPath key = parse(wrong.key());
        List<String> longer = new ArrayList<>(steps);
        longer.addAll(key.steps);
        return key.startsWith(this) ? key : new KeyPath(longer);
    }

    /** The path without its last step. */
    KeyPath parent() {
        return new KeyPath(steps.subList(0, Math.max(0, steps.size() - 1)));
    }

    /** The last step. */
    String leaf() {
        return steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    }

    public boolean startsWith(KeyPath prefix) {
        return steps.size() >= prefix.steps.size()
                && steps.subList(0, prefix.steps.size()).equals(prefix.steps);
    }

    /** The value at this place, or a missing node. */
    public JsonNode in(JsonNode tree) {
        JsonNode node = tree;
        for (String step : steps) {
            node = step(node, step);
        }
        return node;
    }

    /**
     * Puts a value at this place; mappings on the way are made, and anything else on the way is replaced by one, but for
     * elements that a list has.
     */
    public void set(ObjectNode tree, JsonNode value) {
        JsonNode node = tree;
        for (String step : parent().steps) {
            JsonNode next = step(node, step);
            if (!(next instanceof ObjectNode || next instanceof ArrayNode)) {
                next = JsonNodeFactory.instance.objectNode();
                put(node, step, next);
            }
            node = next;
        }
        put(node, leaf(), value);
    }

    /** Takes the key at this place out of its mapping, if it is there. */
    public void remove(ObjectNode tree) {
        if (parent().in(tree) instanceof ObjectNode mapping) {
            mapping.remove(leaf());
        }
    }

    private static JsonNode step(JsonNode node, String step) {
        return node.isArray() && INDEX.matcher(step).matches()
                ? node.path(Integer.parseInt(step.substring(1, step.length() - 1)))
                : node.path(step);
    }

    private void put(JsonNode node, String step, JsonNode value) {
        if (node instanceof ObjectNode mapping) {
            mapping.set(step, value);
        } else if (node instanceof ArrayNode list && !step(list, step).isMissingNode()) {
            list.set(Integer.parseInt(step.substring(1, step.length() - 1)), value);
        } else {
            throw AutophageException.usage("%s: there is no %s in a list of %d".formatted(this, step, node.size()));
        }
    }

    @Override
    public String toString() {
        return String.join(".", steps).replace(".[", "[");
    }
}
