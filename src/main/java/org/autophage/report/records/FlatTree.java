package org.autophage.report.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.Printable;
import tools.jackson.databind.JsonNode;

/** A tree of settings as lines of dotted keys, in the tree's order: {@code loop.generations → 5}. */
public final class FlatTree {
    private FlatTree() {}

    public static Map<String, String> of(JsonNode tree) {
        Map<String, String> lines = new LinkedHashMap<>();
        collect("", tree, lines);
        return lines;
    }

    /**
     * A run's provenance, a block a process that worked on it, newest first; one block where the file does not list
     * its sessions.
     *
     * @return the blocks' lines by their titles
     */
    public static Map<String, Map<String, String>> ofSessions(JsonNode provenance) {
        Map<String, Map<String, String>> blocks = new LinkedHashMap<>();
        JsonNode sessions = provenance.path("sessions");
        if (!sessions.isArray()) {
            Map<String, String> lines = of(provenance);
            return lines.isEmpty() ? blocks : Map.of("Provenance", lines);
        }
        for (int i = sessions.size(); i > 0; i--) {
            blocks.put("Provenance, session " + i + " of " + sessions.size(), of(sessions.get(i - 1)));
        }
        return blocks;
    }

    private static void collect(String prefix, JsonNode node, Map<String, String> lines) {
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String key = prefix + property.getKey();
            JsonNode value = property.getValue();
            if (value.isNull()) {
                continue;
            }
            if (value.isObject()) {
                collect(key + ".", value, lines);
            } else {
                lines.put(key, text(value));
            }
        }
    }

    static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(text(element)));
            return "[" + String.join(", ", elements) + "]";
        }
        return Printable.of(value.isString() ? value.stringValue() : value.toString());
    }
}
