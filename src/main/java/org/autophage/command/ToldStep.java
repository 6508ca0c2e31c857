package org.autophage.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a program is, as it says in a line of JSON: {@code {"step": 100, "steps": 2000, "loss": 0.31}}.
 *
 * @param step how much is done, from 0 on
 * @param steps in all; 0 where it does not say
 * @param figures all other numbers, by name, in its order; what Python writes as NaN or Infinity among them
 */
public record ToldStep(long step, long steps, Map<String, Double> figures) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Reads a line; empty where it is any other. */
    static Optional<ToldStep> in(String line) {
        if (!line.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        JsonNode told;
        try {
            told = JSON.readTree(line);
        } catch (JacksonException anythingElse) {
            return Optional.empty();
        }
        if (!told.path("step").isNumber()) {
            return Optional.empty();
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        told.propertyStream()
                .filter(entry -> entry.getValue().isNumber()
                        && !entry.getKey().equals("step")
                        && !entry.getKey().equals("steps"))
                .forEach(entry -> figures.put(entry.getKey(), entry.getValue().doubleValue()));
        return Optional.of(new ToldStep(
                Math.max(0, told.path("step").asLong(0)),
                Math.max(0, told.path("steps").asLong(0)),
                figures));
    }
}
