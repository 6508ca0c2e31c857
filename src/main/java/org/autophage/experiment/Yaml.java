package org.autophage.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * YAML 1.2 (core schema) to and from trees. Jackson's own YAML reader follows YAML 1.1, where {@code 2e-3} is a text
 * and {@code no} is false; the reader here takes both as people mean them, and refuses duplicate keys.
 */
final class Yaml {
    private static final JsonMapper TREES = JsonMapper.shared();

    private Yaml() {}

    /** Reads a file whose content is a mapping. */
    static ObjectNode readMapping(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw AutophageException.usage(file + ": no such file");
        } catch (IOException e) {
            throw AutophageException.usage(file + ": cannot be read as UTF-8 text: " + e.getMessage());
        }
        if (parse(text, file.toString()) instanceof ObjectNode mapping) {
            return mapping;
        }
        throw AutophageException.usage(file + ": must be a mapping of keys to values, such as \"name: my-experiment\"");
    }

    /**
     * Reads one value, a scalar or something in brackets or braces.
     *
     * @param source what to name in an error
     */
    static JsonNode parse(String text, String source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setSchema(new CoreSchema())
                .build();
        try {
            @Nullable Object value = new Load(settings).loadFromString(text);
            return TREES.valueToTree(value);
        } catch (MarkedYamlEngineException e) {
            throw AutophageException.usage("%s%s: not valid YAML: %s".formatted(source, position(e), problem(e)));
        } catch (YamlEngineException e) {
            throw AutophageException.usage("%s: not valid YAML: %s"
                    .formatted(
                            source,
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    /** Writes a tree: a line a key, keys in their order, lists in brackets. */
    static String write(JsonNode tree) {
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

    private static String position(MarkedYamlEngineException e) {
        return e.getProblemMark()
                .map(mark -> ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                .orElse("");
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
