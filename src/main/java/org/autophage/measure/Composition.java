package org.autophage.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How many samples of each origin a training set has.
 *
 * @param fixedReal real samples that every generation sees again (the first generation's included)
 * @param freshReal real samples that no generation has seen before
 * @param synthetic samples of earlier generations
 */
public record Composition(int fixedReal, int freshReal, int synthetic) {
    private static final String FIXED_REAL = "fixedReal";
    private static final String FRESH_REAL = "freshReal";
    private static final String SYNTHETIC = "synthetic";

    /** The names of the counts, in order. */
    public static final List<String> KEYS = List.of(FIXED_REAL, FRESH_REAL, SYNTHETIC);

    /** From the object of a record or of {@code training-set.json}; a count that it lacks is 0. */
    public static Composition read(JsonNode counts) {
        return new Composition(
                counts.path(FIXED_REAL).asInt(0),
                counts.path(FRESH_REAL).asInt(0),
                counts.path(SYNTHETIC).asInt(0));
    }

    /** The object's names and values. */
    public Map<String, Integer> toMap() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put(FIXED_REAL, fixedReal);
        counts.put(FRESH_REAL, freshReal);
        counts.put(SYNTHETIC, synthetic);
        return counts;
    }

    /** Samples in all. */
    public int total() {
        return fixedReal + freshReal + synthetic;
    }
}
