package org.autophage.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.spec.KeyPath;
import org.autophage.spec.SpecBinder;
import org.autophage.spec.SpecDefaults;
import org.autophage.spec.SpecKinds;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tables of docs/guide/spec.md, made from the schema: every key, its values, its default, its meaning. What people wrote
 * around them stays.
 */
final class SpecGuide {
    /** {@code <!-- keys of SECTION -->}, the tables, {@code <!-- end of keys -->}. */
    private static final Pattern PLACE =
            Pattern.compile("(<!-- keys of (\\S+) -->\n).*?(<!-- end of keys -->)", Pattern.DOTALL);

    /** The mark of the keys that are no section. */
    static final String TOP = "experiment";

    /** Defaults that depend on nothing. */
    private static final Function<String, Map<String, JsonNode>> ALIKE = key -> Map.of();

    private final JsonNode schema = SpecBinder.MAPPER.readTree(SpecSchema.generate());

    /** The text with new tables in its places. */
    String filled(String text) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(1) + "\n" + tables(place.group(2)) + "\n" + place.group(3)));
    }

    /** The marks that a text needs. */
    List<String> sections() {
        List<String> names = new ArrayList<>(List.of(TOP));
        schema.path("properties")
                .propertyStream()
                .filter(key -> isSection(key.getValue()))
                .forEach(key -> names.add(key.getKey()));
        return names;
    }

    /** The marks that a text has. */
    static List<String> sectionsIn(String text) {
        return PLACE.matcher(text).results().map(place -> place.group(2)).toList();
    }

    private static boolean isSection(JsonNode key) {
        return key.has("anyOf")
                || key.has("properties")
                || key.has("additionalProperties")
                || key.path("items").has("anyOf");
    }

    private String tables(String section) {
        if (section.equals(TOP)) {
            ObjectNode plain = SpecBinder.MAPPER.createObjectNode();
            schema.path("properties")
                    .propertyStream()
                    .filter(key -> !isSection(key.getValue()))
                    .forEach(key -> plain.set(key.getKey(), key.getValue()));
            return table(plain, ALIKE);
        }
        JsonNode part = schema.path("properties").path(section);
        JsonNode kinds =
                part.has("anyOf") ? part.path("anyOf") : part.path("items").path("anyOf");
        if (!kinds.isMissingNode()) {
            StringJoiner each = new StringJoiner("\n");
            for (JsonNode kind : kinds) {
                JsonNode name = kind.path("properties").path(SpecKinds.KEY);
                each.add("### `%s` of kind `%s`\n\n%s.\n\n%s"
                        .formatted(
                                section,
                                name.path("const").asString(),
                                name.path("description").asString(),
                                table(
                                        kind.path("properties"),
                                        section.equals("model") ? alwaysBy(ofModel(kind.path("properties"))) : ALIKE)));
            }
            return each.toString();
        }
        return switch (section) {
            case "loop" -> table(part.path("properties"), alwaysBy(ofLoop(part.path("properties"))));
            case "sampling" -> {
                Map<String, JsonNode> byModel = samplingByModel();
                Map<String, JsonNode> bySampler = samplingBySampler(part.path("properties"));
                yield table(part.path("properties"), key -> key.equals("steps") ? bySampler : byModel);
            }
            case ExperimentSpec.SWEEP ->
                table(part.path("additionalProperties").path("anyOf").path(1).path("properties"), ALIKE);
            default -> table(part.path("properties"), ALIKE);
        };
    }

    private static Function<String, Map<String, JsonNode>> alwaysBy(Map<String, JsonNode> complete) {
        return key -> complete;
    }

    /**
     * A table of keys.
     *
     * @param complete for a key, sections with every default written out, by what it depends on; empty where it depends on
     *     nothing
     */
    private String table(JsonNode keys, Function<String, Map<String, JsonNode>> complete) {
        return "| key | values | default | meaning |\n|---|---|---|---|\n" + rows("", keys, complete);
    }

    private String rows(String above, JsonNode keys, Function<String, Map<String, JsonNode>> complete) {
        StringBuilder rows = new StringBuilder();
        keys.propertyStream().forEach(entry -> {
            String key = above + entry.getKey();
            JsonNode said = entry.getValue();
            if (said.has("const")) {
                return; // the kind, which the heading has
            }
            JsonNode defined =
                    said.has("$ref") ? schema.at(said.path("$ref").asString().substring(1)) : said;
            boolean holdsKeys = defined.has("properties");
            rows.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            key,
                            holdsKeys ? "the keys below" : values(said),
                            holdsKeys ? "" : defaults(key, said, complete.apply(key)),
                            said.path("description").asString().replace("|", "\\|")));
            if (holdsKeys) {
                rows.append(rows(key + ".", defined.path("properties"), complete));
            }
        });
        return rows.toString();
    }

    private String values(JsonNode key) {
        if (key.has("$ref")) {
            JsonNode definition = schema.at(key.path("$ref").asString().substring(1));
            return values(definition);
        }
        if (key.has("enum")) {
            return listed(key.path("enum"));
        }
        if (key.has("const")) {
            return code(key.path("const"));
        }
        if (key.has("anyOf")) {
            StringJoiner all = new StringJoiner(", ");
            key.path("anyOf").forEach(each -> all.add(values(each)));
            return all.toString();
        }
        return switch (key.path("type").asString()) {
            case "integer" -> "whole number";
            case "number" -> "number";
            case "boolean" -> "`true`, `false`";
            case "string" -> "text";
            case "array" -> "list: " + values(key.path("items"));
            case "object" ->
                key.has("patternProperties")
                        ? "mapping of names: "
                                + values(key.path("patternProperties").path(".+"))
                        : "mapping";
            default -> throw new IllegalStateException("no words for " + key);
        };
    }

    private static String listed(JsonNode values) {
        StringJoiner all = new StringJoiner(", ");
        values.forEach(value -> all.add(code(value)));
        return all.toString();
    }

    private static String defaults(String key, JsonNode said, Map<String, JsonNode> complete) {
        if (complete.isEmpty()) {
            return said.has("default") ? code(said.path("default")) : "–";
        }
        Map<String, List<String>> owners = new LinkedHashMap<>();
        complete.forEach((owner, section) -> {
            JsonNode value = section.at("/" + key.replace('.', '/'));
            if (!value.isMissingNode()) {
                owners.computeIfAbsent(code(value), each -> new ArrayList<>()).add(owner);
            }
        });
        if (owners.isEmpty()) {
            return said.has("default") ? code(said.path("default")) : "–"; // of sections that are left out
        }
        // What most have stands alone, if all have something.
        int most = owners.values().stream().mapToInt(List::size).sum() == complete.size()
                ? owners.values().stream().mapToInt(List::size).max().getAsInt()
                : Integer.MAX_VALUE;
        int unnamed = Math.max(most, complete.size() / 2 + 1);
        StringJoiner all = new StringJoiner(", ");
        owners.forEach(
                (value, of) -> all.add(of.size() >= unnamed ? value : value + " (" + String.join(", ", of) + ")"));
        return all.toString();
    }

    private static String code(JsonNode value) {
        String json = value.toString();
        if (value.isNumber()) {
            return "`" + json.replace(".0E", "e").replace("E", "e") + "`";
        }
        return "`" + (value.isString() ? value.asString() : json.replace(",", ", ")) + "`";
    }

    /** By what the first key of a kind chooses, if it is a choice. */
    private static Map<String, JsonNode> ofModel(JsonNode keys) {
        Map.Entry<String, JsonNode> first = keys.properties().iterator().next();
        Map<String, JsonNode> complete = new LinkedHashMap<>();
        first.getValue()
                .path("enum")
                .forEach(choice -> complete.put(
                        choice.asString(),
                        section(
                                "model",
                                Map.of(
                                        "model.kind",
                                        keys.path(SpecKinds.KEY).path("const").asString(),
                                        "model." + first.getKey(),
                                        choice.asString()))));
        boolean chosen = complete.values().stream()
                        .map(each -> SpecBinder.MAPPER
                                .createObjectNode()
                                .setAll((ObjectNode) each)
                                .without(first.getKey()))
                        .distinct()
                        .count()
                > 1;
        complete.forEach((choice, each) -> ((ObjectNode) each)
                .put(first.getKey(), first.getValue().path("default").asString()));
        return chosen ? complete : Map.of();
    }

    private static Map<String, JsonNode> ofLoop(JsonNode keys) {
        Map<String, JsonNode> complete = new LinkedHashMap<>();
        keys.path(SpecKinds.KEY)
                .path("enum")
                .forEach(kind -> complete.put(kind.asString(), section("loop", Map.of("loop.kind", kind.asString()))));
        complete.values().forEach(each -> ((ObjectNode) each)
                .set(SpecKinds.KEY, keys.path(SpecKinds.KEY).path("default")));
        return complete;
    }

    private Map<String, JsonNode> samplingByModel() {
        Map<String, JsonNode> complete = new LinkedHashMap<>();
        for (JsonNode kind : schema.path("properties").path("model").path("anyOf")) {
            String name =
                    kind.path("properties").path(SpecKinds.KEY).path("const").asString();
            JsonNode parameterizations = parameterizations(kind);
            if (parameterizations.isMissingNode()) {
                complete.put(name, section("sampling", Map.of("model.kind", name)));
            }
            parameterizations.forEach(each -> complete.put(
                    each.asString(),
                    section("sampling", Map.of("model.kind", name, "model.parameterization", each.asString()))));
        }
        return complete;
    }

    /** Of the first parameterization under the sampler's name alone, of others where theirs are other ones. */
    private Map<String, JsonNode> samplingBySampler(JsonNode keys) {
        Map<String, JsonNode> complete = new LinkedHashMap<>();
        for (JsonNode kind : schema.path("properties").path("model").path("anyOf")) {
            for (JsonNode parameterization : parameterizations(kind)) {
                for (JsonNode sampler : keys.path("sampler").path("enum")) {
                    JsonNode sampling = section(
                            "sampling",
                            Map.of(
                                    "model.kind",
                                            kind.path("properties")
                                                    .path(SpecKinds.KEY)
                                                    .path("const")
                                                    .asString(),
                                    "model.parameterization", parameterization.asString(),
                                    "sampling.sampler", sampler.asString()));
                    JsonNode first = complete.putIfAbsent(sampler.asString(), sampling);
                    if (first != null && !first.path("steps").equals(sampling.path("steps"))) {
                        complete.put(sampler.asString() + " of " + parameterization.asString(), sampling);
                    }
                }
            }
        }
        return complete;
    }

    private static JsonNode parameterizations(JsonNode kind) {
        return kind.path("properties").path("parameterization").path("enum");
    }

    private static JsonNode section(String name, Map<String, String> written) {
        ObjectNode tree = SpecBinder.MAPPER.createObjectNode();
        written.forEach((key, value) -> KeyPath.parse(key).set(tree, SpecBinder.MAPPER.valueToTree(value)));
        tree.put("name", "guide");
        ObjectNode complete = SpecDefaults.complete(ExperimentSpec.class, tree);
        return SpecBinder.bind(ExperimentSpec.class, complete, place -> "guide")
                .tree()
                .path(name);
    }
}
