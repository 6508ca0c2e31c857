package org.autophage.spec;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes trees of parsed YAML. Only what a spec can mean gets through: mappings with names as keys, lists, texts, finite
 * numbers, true, false and null; everything else is refused with its line and its key.
 */
final class YamlTree {
    /** No spec nests more than a few mappings; more is not worth a stack. */
    static final int DEEPEST = 32;

    /** Aliases make a short text a large tree. */
    private static final int MOST_VALUES = 200_000;

    private static final JsonNodeFactory TREES = JsonNodeFactory.instance;
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern ZERO = Pattern.compile("[-+.0]*([eE].*)?");

    private final String source;
    private int values;

    private YamlTree(String source) {
        this.source = source;
    }

    /**
     * The tree of a document.
     *
     * @param source what to name in an error
     * @param place where in a spec the document belongs; nowhere for a whole spec
     * @throws AutophageException with USAGE, naming line and key, if it holds what no spec can mean
     */
    static JsonNode of(Node document, String source, KeyPath place) {
        return new YamlTree(source).tree(document, place, 0);
    }

    private JsonNode tree(Node node, KeyPath place, int depth) {
        values++;
        if (depth > DEEPEST) {
            throw refused(
                    node, "%shas more than %d lists and mappings in one another".formatted(named(place), DEEPEST));
        }
        if (values > MOST_VALUES) {
            throw refused(
                    node, "%shas more than %d values: no spec is that large".formatted(named(place), MOST_VALUES));
        }
        if (node instanceof ScalarNode scalar) {
            return value(scalar, place);
        } else if (node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            return mapping(mapping, place, depth);
        } else if (node instanceof SequenceNode sequence && sequence.getTag().equals(Tag.SEQ)) {
            ArrayNode list = TREES.arrayNode();
            for (Node each : sequence.getValue()) {
                list.add(tree(each, place.child("[" + list.size() + "]"), depth + 1));
            }
            return list;
        }
        throw refusedTag(node, place);
    }

    private ObjectNode mapping(MappingNode node, KeyPath place, int depth) {
        ObjectNode mapping = TREES.objectNode();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw refused(entry.getKeyNode(), named(place) + "has a list or a mapping as a key: must be a name");
            }
            if (mapping.has(key.getValue())) {
                throw refused(key, "not valid YAML: found duplicate key " + key.getValue());
            }
            mapping.set(key.getValue(), tree(entry.getValueNode(), place.child(key.getValue()), depth + 1));
        }
        return mapping;
    }

    private JsonNode value(ScalarNode node, KeyPath place) {
        Tag tag = node.getTag();
        String text = node.getValue();
        try {
            if (tag.equals(Tag.STR) && text.indexOf('\0') < 0) { // no name and no path can have it
                return TREES.stringNode(text);
            } else if (tag.equals(Tag.NULL)) {
                return TREES.nullNode();
            } else if (tag.equals(Tag.BOOL)) {
                return TREES.booleanNode(text.equalsIgnoreCase("true"));
            } else if (tag.equals(Tag.INT)) {
                return whole(node, text, place);
            } else if (tag.equals(Tag.FLOAT)) {
                return number(node, text, place);
            }
        } catch (NumberFormatException e) { // of a tag that its text does not bear out
            throw refused(node, "%s is %s %s: must be a number".formatted(place, tag, text));
        }
        throw tag.equals(Tag.STR)
                ? refused(node, "%s is \"%s\": no text can have a character 0".formatted(place, text))
                : refusedTag(node, place);
    }

    /** Digits only: YAML 1.1 takes 010 for eight, YAML 1.2 for ten, and a person may mean a text. */
    private JsonNode whole(ScalarNode node, String text, KeyPath place) {
        if (!WHOLE.matcher(text).matches()) {
            throw refused(
                    node,
                    "%s is %s: must be a whole number in plain digits, or a text in quotes".formatted(place, text));
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() < Integer.SIZE) {
            return TREES.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE ? TREES.numberNode(number.longValue()) : TREES.numberNode(number);
    }

    private JsonNode number(ScalarNode node, String text, KeyPath place) {
        double number =
                text.toLowerCase(Locale.ROOT).matches("[-+]?\\.(inf|nan)") ? Double.NaN : Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw refused(node, "%s is %s: must be a finite number, below 1.8e308".formatted(place, text));
        }
        if (number == 0 && !ZERO.matcher(text).matches()) {
            throw refused(node, "%s is %s: is too small for a number; the smallest is 5e-324".formatted(place, text));
        }
        return TREES.numberNode(number);
    }

    private AutophageException refusedTag(Node node, KeyPath place) {
        return refused(
                node,
                named(place) + "is marked " + node.getTag().getValue().replace(Tag.PREFIX, "!!")
                        + ": must be a plain value, list or mapping");
    }

    private AutophageException refused(Node node, String problem) {
        return AutophageException.usage(source + position(node.getStartMark()) + ": " + problem);
    }

    /** The place at the beginning of a sentence; nothing for a whole spec. */
    private static String named(KeyPath place) {
        return place.steps().isEmpty() ? "" : place + " ";
    }

    /** Line and column for a person. */
    static String position(Optional<Mark> mark) {
        return mark.map(each -> ", line " + (each.getLine() + 1) + ", column " + (each.getColumn() + 1))
                .orElse("");
    }
}
