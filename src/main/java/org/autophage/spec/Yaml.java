package org.autophage.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * YAML 1.2 (core schema) to and from trees. Jackson's own YAML reader follows YAML 1.1, where {@code 2e-3} is a text
 * and {@code no} is false; the reader here takes both as people mean them, and refuses duplicate keys.
 */
public final class Yaml {
    private static final JsonMapper TREES = JsonMapper.shared();

    private Yaml() {}

    /** Reads a file whose content is a mapping. */
    public static ObjectNode readMapping(Path file) {
        if (parse(SpecText.read(file), file.toString()) instanceof ObjectNode mapping) {
            return mapping;
        }
        throw AutophageException.usage(file + ": must be a mapping of keys to values, such as \"name: my-experiment\"");
    }

    /**
     * Reads one value, a scalar or something in brackets or braces.
     *
     * @param source what to name in an error
     */
    public static JsonNode parse(String text, String source) {
        return parse(text, source, new KeyPath(List.of()));
    }

    /** The same for a value that belongs somewhere in a spec, which errors then name. */
    public static JsonNode parse(String text, String source, KeyPath place) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .setAllowNonScalarKeys(true) // refused with the key's name
                .build();
        try {
            refuseDepth(text, source, settings);
            return new Compose(settings)
                    .composeString(text)
                    .map(document -> YamlTree.of(document, source, place))
                    .orElseGet(NullNode::getInstance);
        } catch (MarkedYamlEngineException e) {
            throw AutophageException.usage(
                    "%s%s: not valid YAML: %s".formatted(source, YamlTree.position(e.getProblemMark()), problem(e)));
        } catch (YamlEngineException e) {
            throw AutophageException.usage("%s: not valid YAML: %s"
                    .formatted(
                            source,
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    /** Looks at the events alone, which come one by one: whatever makes trees of them calls itself once a level. */
    private static void refuseDepth(String text, String source, LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > YamlTree.DEEPEST) {
                throw AutophageException.usage("%s%s: has more than %d lists and mappings in one another"
                        .formatted(source, YamlTree.position(event.getStartMark()), YamlTree.DEEPEST));
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    /** Writes a tree: a line a key, keys in their order, lists in brackets. */
    public static String write(JsonNode tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSchema(new CoreSchema())
                .build();
        StandardRepresenter bracketed = new StandardRepresenter(settings) {
            @Override
            protected Node representSequence(Tag tag, Iterable<?> sequence, FlowStyle style) {
                return super.representSequence(tag, sequence, FlowStyle.FLOW);
            }
        };
        return new Dump(settings, bracketed).dumpToString(TREES.treeToValue(tree, Object.class));
    }

    private static String problem(MarkedYamlEngineException e) {
        return Optional.ofNullable(e.getProblem())
                .orElse("")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }
}
