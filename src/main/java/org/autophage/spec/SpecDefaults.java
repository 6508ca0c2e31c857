package org.autophage.spec;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills a spec up with defaults. A spec record offers them as a constant {@code DEFAULTS}, or, where they depend on a key
 * {@code kind} that is an enumeration, as a method {@code defaults(kind)}.
 */
public final class SpecDefaults {
    private SpecDefaults() {}

    /**
     * The tree with every default written out, keys in the order of the record's components.
     *
     * @param type a record whose components are parts with defaults of their own, or values with the defaults of its
     *     {@code DEFAULTS}
     * @param written what a person wrote; wins over every default, but for null, which says nothing
     */
    public static ObjectNode complete(Class<?> type, ObjectNode written) {
        return completed(type, said(written));
    }

    /** A mapping without what is null in it, at any depth: a key without a value has its default. */
    private static ObjectNode said(ObjectNode written) {
        ObjectNode said = SpecBinder.MAPPER.createObjectNode();
        written.propertyStream().filter(entry -> !entry.getValue().isNull()).forEach(entry -> {
            JsonNode value = entry.getValue();
            said.set(entry.getKey(), saidOf(value));
        });
        return said;
    }

    private static JsonNode saidOf(JsonNode value) {
        if (value instanceof ObjectNode mapping) {
            return said(mapping);
        }
        if (value instanceof ArrayNode list) {
            ArrayNode said = SpecBinder.MAPPER.createArrayNode();
            list.forEach(element -> said.add(element instanceof ObjectNode mapping ? said(mapping) : element));
            return said;
        }
        return value;
    }

    private static ObjectNode completed(Class<?> type, ObjectNode user) {
        ObjectNode complete = SpecBinder.MAPPER.createObjectNode();
        ObjectNode ofValues = ofRecord(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String key = component.getName();
            JsonNode written = user.path(key);
            Optional<ObjectNode> defaults = written.isObject() || written.isMissingNode()
                    ? ofPart(component.getType(), written)
                    : Optional.empty();
            if (defaults.isPresent()) {
                complete.set(key, withSections(component.getType(), merge(defaults.get(), written)));
            } else if (!written.isMissingNode()) {
                complete.set(key, written instanceof ArrayNode list ? completed(component, list) : written);
            } else if (ofValues.has(key)) {
                complete.set(key, ofValues.get(key));
            }
        }
        // What is no component stays: binding refuses it by name.
        user.propertyStream()
                .filter(entry -> !complete.has(entry.getKey()))
                .forEach(entry -> complete.set(entry.getKey(), entry.getValue()));
        return complete;
    }

    /** A part whose own sections, where a person wrote them, have the defaults of their records. */
    private static ObjectNode withSections(Class<?> part, ObjectNode merged) {
        Class<?> record = part.isInterface()
                ? SpecKinds.variant(part, merged.path(SpecKinds.KEY).asString(""))
                        .orElse(null)
                : part;
        if (record == null || !record.isRecord()) {
            return merged;
        }
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getType().isRecord()
                    && hasDefaults(component.getType())
                    && merged.path(component.getName()) instanceof ObjectNode section) {
                merged.set(component.getName(), merge(ofRecord(component.getType()), section));
            }
        }
        return merged;
    }

    private static boolean hasDefaults(Class<?> record) {
        return Arrays.stream(record.getFields())
                .anyMatch(field -> field.getName().equals("DEFAULTS"));
    }

    /** A list, of parts where its elements are of several kinds, each with its kind's defaults. */
    private static ArrayNode completed(RecordComponent component, ArrayNode list) {
        if (!(component.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> element
                && !SpecKinds.of(element).isEmpty())) {
            return list;
        }
        ArrayNode complete = SpecBinder.MAPPER.createArrayNode();
        for (JsonNode written : list) {
            boolean hasKind = written.path(SpecKinds.KEY).isString(); // no kind of a list's element is the usual one
            Optional<ObjectNode> defaults = hasKind ? ofPart(element, written) : Optional.empty();
            complete.add(defaults.<JsonNode>map(each -> merge(each, written)).orElse(written));
        }
        return complete;
    }

    /** The defaults of a part, for the kind that a person wrote; none if that kind is unknown, or for a mere value. */
    private static Optional<ObjectNode> ofPart(Class<?> part, JsonNode written) {
        JsonNode kind = written.path(SpecKinds.KEY);
        if (part.isInterface() && !SpecKinds.of(part).isEmpty()) {
            String chosen = kind.isMissingNode() ? SpecKinds.of(part).get(0) : kind.asString("");
            return SpecKinds.variant(part, chosen).map(SpecDefaults::ofRecord);
        }
        if (!part.isRecord()) {
            return Optional.empty();
        }
        Optional<Method> byKind = Arrays.stream(part.getMethods())
                .filter(method -> method.getName().equals("defaults") && method.getParameterCount() == 1)
                .findFirst();
        if (byKind.isPresent() && !kind.isMissingNode()) {
            return call(byKind.get(), kind);
        }
        return Optional.of(ofRecord(part));
    }

    private static Optional<ObjectNode> call(Method defaults, JsonNode kind) {
        Object constant;
        try {
            constant = SpecBinder.MAPPER.treeToValue(kind, defaults.getParameterTypes()[0]);
        } catch (JacksonException unknownKind) {
            return Optional.empty(); // binding says so with the key's full name
        }
        try {
            return Optional.of(tree(defaults.invoke(null, constant)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(defaults + " must be public and static", e);
        }
    }

    /** The constant {@code DEFAULTS} of a spec record, as a tree. */
    public static ObjectNode ofRecord(Class<?> record) {
        try {
            return tree(record.getField("DEFAULTS").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record + " needs a public constant DEFAULTS", e);
        }
    }

    private static ObjectNode tree(Object record) {
        return SpecBinder.MAPPER.valueToTree(record);
    }

    /** What is written over the defaults, mapping by mapping; lists are replaced as a whole. */
    private static ObjectNode merge(ObjectNode defaults, JsonNode written) {
        ObjectNode merged = defaults.deepCopy();
        written.propertyStream().forEach(entry -> {
            JsonNode below = merged.path(entry.getKey());
            JsonNode value = entry.getValue();
            merged.set(
                    entry.getKey(),
                    below instanceof ObjectNode mapping && value.isObject() ? merge(mapping, value) : value);
        });
        return merged;
    }
}
