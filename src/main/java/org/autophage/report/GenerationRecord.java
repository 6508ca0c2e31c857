package org.autophage.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.autophage.base.Printable;
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
 * @param classifier the independent classifier with its hash; empty where the record has none
 * @param samples images that the metrics looked at
 * @param trainingSet what the generation was trained on, or null where the record does not say
 * @param replicas independent copies that the numbers are means over, 1 where the record says nothing of them
 * @param measures every other number of the record, in its order; nested objects under dotted names
 * @param expected what theory says of some of them, by the same names
 */
public record GenerationRecord(
        int generation,
        long seed,
        String loop,
        @Nullable Double bias,
        String features,
        String classifier,
        OptionalLong samples,
        @Nullable Composition trainingSet,
        long replicas,
        Map<String, Measurement> measures,
        Map<String, Double> expected) {
    /** Holds the standard errors of means over replicas. */
    private static final String STANDARD_ERROR = "standardError";

    /** Holds expectations in closed form. */
    private static final String EXPECTED = "expected";

    private static final List<String> TIMES = List.of("trainSeconds", "sampleSeconds", "metricSeconds");

    /** Numbers that describe a generation instead of measuring it. */
    private static final Set<String> DESCRIPTIONS = Set.of(
            "generation",
            "seed",
            "bias",
            "samples",
            "replicas",
            "reference",
            "neighbours",
            "trainingSet",
            STANDARD_ERROR,
            EXPECTED);

    /**
     * A record as it was read.
     *
     * @param line has passed {@link org.autophage.run.RecordLines}
     */
    public static GenerationRecord of(JsonNode line) {
        long replicas = Math.max(1, line.path("replicas").asLong(1));
        Map<String, Double> standardErrors = numbers(line.path(STANDARD_ERROR), Set.of());
        Map<String, Measurement> measures = new LinkedHashMap<>();
        numbers(line, DESCRIPTIONS)
                .forEach((key, value) -> measures.put(
                        key, new Measurement(value, standardErrors.getOrDefault(key, Double.NaN), replicas)));
        JsonNode samples = line.path("samples");
        JsonNode trainingSet = line.path("trainingSet");
        return new GenerationRecord(
                line.path("generation").asInt(),
                line.path("seed").asLong(),
                Printable.of(line.path("loop").asString("")),
                line.path("bias").isNumber() ? line.path("bias").asDouble() : null,
                Printable.of(line.path("features").asString("")),
                Printable.of(line.path("classifier").asString("")),
                samples.isIntegralNumber() ? OptionalLong.of(samples.asLong()) : OptionalLong.empty(),
                trainingSet.isObject() ? Composition.of(trainingSet) : null,
                replicas,
                measures,
                numbers(line.path(EXPECTED), Set.of()));
    }

    /** The measures' numbers, by name. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        measures.forEach((key, measurement) -> values.put(key, measurement.value()));
        return values;
    }

    /** Wall time of training, sampling and measuring together. */
    public double seconds() {
        return TIMES.stream()
                .mapToDouble(
                        key -> measures.getOrDefault(key, Measurement.of(0)).value())
                .sum();
    }

    /** All numbers of an object and the objects in it, by dotted names. */
    private static Map<String, Double> numbers(JsonNode object, Set<String> leftOut) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        collect("", object, leftOut, numbers);
        return numbers;
    }

    private static void collect(String prefix, JsonNode object, Set<String> leftOut, Map<String, Double> numbers) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String key = prefix + Printable.of(property.getKey());
            if (leftOut.contains(key)) {
                continue;
            }
            if (property.getValue().isNumber()) {
                numbers.put(key, property.getValue().asDouble());
            } else if (property.getValue().isObject()) {
                collect(key + ".", property.getValue(), leftOut, numbers);
            }
        }
    }
}
