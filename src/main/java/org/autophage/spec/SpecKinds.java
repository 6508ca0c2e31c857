package org.autophage.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The variants of a part of a spec, by the value of their key {@code kind}. */
public final class SpecKinds {
    /** The key that chooses the variant. */
    public static final String KEY = "kind";

    private SpecKinds() {}

    /** The kinds of a type; none for a type that has no variants. */
    public static List<String> of(Class<?> type) {
        return Arrays.stream(variants(type)).map(JsonSubTypes.Type::name).toList();
    }

    /** The record of one kind. */
    public static Optional<Class<?>> variant(Class<?> type, String kind) {
        return Arrays.stream(variants(type))
                .filter(variant -> variant.name().equals(kind))
                .<Class<?>>map(JsonSubTypes.Type::value)
                .findFirst();
    }

    private static JsonSubTypes.Type[] variants(Class<?> type) {
        JsonSubTypes.Type[] none = {};
        JsonSubTypes subTypes = type.getAnnotation(JsonSubTypes.class);
        return subTypes == null ? none : subTypes.value();
    }
}
