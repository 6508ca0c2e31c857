package org.autophage.loop;

import java.util.Map;

/** What theory says of a loop: stands in the records beside what was measured. */
@FunctionalInterface
public interface Expectation {
    /** For loops of which nothing is known beforehand. */
    Expectation NOTHING = (generation, measured) -> Map.of();

    /**
     * Entries for the record of a generation.
     *
     * @param generation t, counted from 1
     * @param measured the metrics of the generation, by name
     */
    Map<String, Object> of(int generation, Map<String, Object> measured);
}
