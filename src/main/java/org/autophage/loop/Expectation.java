package org.autophage.loop;

import org.autophage.measure.Measures;

/** What theory says of a loop: stands in the records beside what was measured. */
@FunctionalInterface
public interface Expectation {
    /** For loops of which nothing is known beforehand. */
    Expectation NOTHING = (generation, measured) -> Measures.NONE;

    /**
     * What the record of a generation has of it.
     *
     * @param generation t, counted from 1
     * @param measured what was measured of the generation
     */
    Measures of(int generation, Measures measured);
}
