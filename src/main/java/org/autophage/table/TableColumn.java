package org.autophage.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table that is written.
 *
 * @param name what it is called
 * @param kind what its values are
 * @param values a row each: a Long, Double, Boolean or String by its kind; null where a row has none
 */
public record TableColumn(String name, Kind kind, List<@Nullable Object> values) {
    /** What the values of a column are. */
    public enum Kind {
        /** Whole numbers of 64 bits. */
        WHOLE,
        /** Numbers of 64 bits. */
        REAL,
        TRUTH,
        TEXT
    }
}
