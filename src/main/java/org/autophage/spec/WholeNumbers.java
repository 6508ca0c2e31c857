package org.autophage.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole numbers that were written as {@code 1e4} or {@code 10000.0}, where a spec takes whole numbers only: they become
 * 10000 before anything is named after them, so that the same experiment has the same name however it was written.
 */
public final class WholeNumbers {
    /** Whole numbers beyond are not told apart by a double. */
    private static final double LARGEST = 0x1p53;

    private WholeNumbers() {}

    /** The tree with whole numbers as such, wherever the spec record of the type has them. */
    static ObjectNode in(Class<?> type, ObjectNode tree) {
        return (ObjectNode) plain(type, tree);
    }

    /** The same for a value that belongs at a place below the record. */
    public static JsonNode at(Class<?> type, KeyPath place, JsonNode value) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        place.set(tree, value);
        return place.in(in(type, tree));
    }

    /** A number as a whole one if it is one. */
    public static JsonNode whole(JsonNode value) {
        if (value.isDouble() && Math.abs(value.doubleValue()) <= LARGEST) {
            long number = (long) value.doubleValue();
            if (number == value.doubleValue()) {
                return (int) number == number
                        ? JsonNodeFactory.instance.numberNode((int) number)
                        : JsonNodeFactory.instance.numberNode(number);
            }
        }
        return value;
    }

    private static JsonNode plain(Type type, JsonNode value) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return whole(value);
        }
        if (type instanceof ParameterizedType list && List.class.equals(list.getRawType())) {
            Type element = list.getActualTypeArguments()[0];
            return value.isArray() ? elements(element, (ArrayNode) value) : plain(element, value);
        }
        if (!(type instanceof Class<?> part)) {
            return value;
        }
        if (isWrittenAsValue(part)) {
            JsonNode read = value;
            for (RecordComponent component : part.getRecordComponents()) {
                read = plain(component.getGenericType(), read);
            }
            return read;
        }
        return value instanceof ObjectNode mapping ? entries(records(part, mapping), mapping) : value;
    }

    /** Whether a spec has a record as something other than a mapping of its components: a number or a list. */
    private static boolean isWrittenAsValue(Class<?> part) {
        return part.isRecord()
                && Arrays.stream(part.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private static ArrayNode elements(Type type, ArrayNode list) {
        ArrayNode plain = JsonNodeFactory.instance.arrayNode();
        list.forEach(each -> plain.add(each.isArray() ? each : plain(type, each)));
        return plain;
    }

    private static ObjectNode entries(List<Class<?>> records, ObjectNode mapping) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        mapping.propertyStream().forEach(entry -> {
            List<JsonNode> readings = records.stream()
                    .flatMap(record -> component(record, entry.getKey()).stream())
                    .map(component -> plain(component.getGenericType(), entry.getValue()))
                    .distinct()
                    .toList();
            plain.set(entry.getKey(), readings.size() == 1 ? readings.get(0) : entry.getValue());
        });
        return plain;
    }

    /** The record that a mapping is of; all that it may be of where it does not say its kind. */
    private static List<Class<?>> records(Class<?> part, ObjectNode mapping) {
        if (part.isRecord()) {
            return List.of(part);
        }
        JsonNode kind = mapping.path(SpecKinds.KEY);
        return SpecKinds.of(part).stream()
                .filter(each -> !kind.isString() || each.equals(kind.asString()))
                .flatMap(each -> SpecKinds.variant(part, each).stream())
                .toList();
    }

    private static Optional<RecordComponent> component(Class<?> record, String name) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst();
    }
}
