package org.autophage.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.autophage.base.AutophageException;
import org.autophage.base.NearestKey;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes spec records of trees, strictly: unknown keys and values of another type are errors that name the full key, the
 * value and what would be right.
 */
public final class SpecBinder {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(String.class, new PlainText()))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfigDefaults(config -> {
                for (CoercionInputShape shape : CoercionInputShape.values()) {
                    if (shape != CoercionInputShape.Integer) {
                        config.setCoercion(shape, CoercionAction.Fail);
                    }
                }
            })
            .build();

    /** Characters of a value in a message. */
    private static final int LONGEST_SHOWN = 200;

    private SpecBinder() {}

    /**
     * Binds a complete tree.
     *
     * @param source the file or override that a key comes from, for errors
     */
    public static <T> T bind(Class<T> type, ObjectNode tree, Function<KeyPath, String> source) {
        refuseNulls(tree, new KeyPath(List.of()), source);
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            KeyPath place = KeyPath.of(e);
            if (e.getCause()
                    instanceof WrongValue wrong) { // records know better than Jackson which of their keys it is
                KeyPath key = place.of(wrong);
                throw AutophageException.usage("%s: %s %s".formatted(source.apply(key), key, wrong.problem()));
            }
            throw AutophageException.usage(source.apply(place) + ": " + describe(e, place, tree));
        }
    }

    private static void refuseNulls(JsonNode tree, KeyPath place, Function<KeyPath, String> source) {
        if (tree.isNull()) {
            throw AutophageException.usage(source.apply(place) + ": " + place + " is null: must have a value");
        }
        tree.propertyStream().forEach(entry -> refuseNulls(entry.getValue(), place.child(entry.getKey()), source));
        for (int i = 0; tree.isArray() && i < tree.size(); i++) {
            refuseNulls(tree.get(i), place.child("[" + i + "]"), source);
        }
    }

    private static String describe(JacksonException e, KeyPath key, ObjectNode tree) {
        if (e.getCause() instanceof AutophageException refused) {
            return key + ": " + refused.getMessage();
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return unknownKey(key, unknown.getKnownPropertyIds());
        }
        String value = shown(key.in(tree));
        if (e instanceof InvalidTypeIdException kind) {
            Class<?> type = kind.getBaseType().getRawClass();
            return kind.getTypeId() == null
                    ? "%s is %s: must be %s".formatted(key, value, expected(type))
                    : "%s is %s: must be %s"
                            .formatted(key.child(SpecKinds.KEY), kind.getTypeId(), oneOf(SpecKinds.of(type)));
        }
        if (e instanceof InputCoercionException beyond) { // of the type's range
            Class<?> type = beyond.getTargetType();
            return "%s is %s: must be %s of at most %s"
                    .formatted(
                            key,
                            value,
                            expected(type),
                            type == int.class || type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }
        if (e instanceof MismatchedInputException mismatch) {
            return "%s is %s: must be %s".formatted(key, value, expected(mismatch.getTargetType()));
        }
        return key + " is " + value + ": is not possible here";
    }

    /** A value as it was written, cut short where it is long. */
    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static String unknownKey(KeyPath key, @Nullable Collection<Object> known) {
        List<String> names =
                known == null ? List.of() : known.stream().map(String::valueOf).toList();
        String nearest = NearestKey.to(key.leaf(), names);
        String meant =
                nearest.isEmpty() ? "" : "; the nearest key is " + key.parent().child(nearest);
        return "unknown key " + key + meant;
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        } else if (type == double.class || type == Double.class || type == float.class) {
            return "a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "text";
        } else if (type.isEnum()) {
            return oneOf(Arrays.stream(type.getEnumConstants())
                    .map(constant -> MAPPER.valueToTree(constant).asString())
                    .toList());
        } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list, such as [0, 1]";
        } else if (type.isRecord()) {
            return "a mapping with the keys "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .toList());
        }
        return "a mapping with a key kind that is " + oneOf(SpecKinds.of(type));
    }

    private static String oneOf(List<String> names) {
        return switch (names.size()) {
            case 0 -> "of another type";
            case 1 -> names.get(0);
            default -> "one of " + String.join(", ", names);
        };
    }
}
