package org.autophage.report;

import tools.jackson.databind.JsonNode;

/**
 * How many samples of each origin a training set had.
 *
 * @param fixedReal real samples that return in every generation
 * @param freshReal real samples that no earlier generation saw
 * @param synthetic samples of earlier generations
 */
public record Composition(long fixedReal, long freshReal, long synthetic) {
    static Composition of(JsonNode counts) {
        return new Composition(
                counts.path("fixedReal").asLong(0),
                counts.path("freshReal").asLong(0),
                counts.path("synthetic").asLong(0));
    }

    /** Samples in all. */
    public long total() {
        return fixedReal + freshReal + synthetic;
    }
}
