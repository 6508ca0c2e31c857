package org.autophage.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A finished generation of one seed: a line of {@code generations.jsonl}.
 *
 * @param generation from 1
 * @param seed the run's seed
 * @param loop the loop's kind, such as "fully-synthetic"; empty where the record has none
 * @param bias the sampling bias λ, or null
 * @param features the feature extractor with its hash; empty where the record has none
 * @param samples images that the metrics looked at
 * @param trainingSet what the generation was trained on, or null where the record does not say
 * @param measures every other number of the record, in its order; nested objects under dotted names
 */
record GenerationRecord(
        int generation,
        long seed,
        String loop,
        @Nullable Double bias,
        String features,
        OptionalLong samples,
        @Nullable Composition trainingSet,
        Map<String, Double> measures) {

    /** Numbers that describe a generation instead of measuring it. */
    private static final Set<String> DESCRIPTIONS =
            Set.of("generation", "seed", "bias", "samples", "reference", "neighbours", "trainingSet");

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException where it is none, with the reason
     */
    static GenerationRecord of(JsonNode line) {
        if (!line.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        if (!line.path("generation").isIntegralNumber()) {
            throw new IllegalArgumentException("no whole number under \"generation\"");
        }
        if (!line.path("seed").isIntegralNumber()) {
            throw new IllegalArgumentException("no whole number under \"seed\"");
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        collect("", line, measures);
        JsonNode samples = line.path("samples");
        JsonNode trainingSet = line.path("trainingSet");
        return new GenerationRecord(
                line.path("generation").asInt(),
                line.path("seed").asLong(),
                line.path("loop").asString(""),
                line.path("bias").isNumber() ? line.path("bias").asDouble() : null,
                line.path("features").asString(""),
                samples.isIntegralNumber() ? OptionalLong.of(samples.asLong()) : OptionalLong.empty(),
                trainingSet.isObject() ? Composition.of(trainingSet) : null,
                measures);
    }

    private static void collect(String prefix, JsonNode object, Map<String, Double> measures) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String key = prefix + property.getKey();
            if (DESCRIPTIONS.contains(key)) {
                continue;
            }
            if (property.getValue().isNumber()) {
                measures.put(key, property.getValue().asDouble());
            } else if (property.getValue().isObject()) {
                collect(key + ".", property.getValue(), measures);
            }
        }
    }
}
