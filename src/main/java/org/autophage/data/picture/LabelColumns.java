package org.autophage.data.picture;

import java.util.Locale;
import java.util.Set;

/** How columns of labels are usually called. */
final class LabelColumns {
    private static final Set<String> USUAL = Set.of(
            "label",
            "labels",
            "class",
            "classes",
            "class_id",
            "class_name",
            "category",
            "category_id",
            "target",
            "cls",
            "y");

    private LabelColumns() {}

    static boolean isUsual(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return USUAL.contains(lower) || lower.endsWith("_label") || lower.endsWith("_class");
    }
}
