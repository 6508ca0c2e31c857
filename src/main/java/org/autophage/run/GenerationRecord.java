package org.autophage.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One finished generation: one line of generations.jsonl. Its keys come in the order of the components, with the
 * metrics' names and values in the place of {@code metrics}.
 *
 * @param generation t, counted from 1
 * @param seed the seed of the run
 * @param loop the kind of loop, as in the spec
 * @param bias the sampling bias λ that the samples were drawn with, in (0, 1]
 * @param trainingSet what the model was trained on
 * @param metrics what was measured, by name, in order: finite numbers and strings
 * @param trainSeconds wall time of training, in all processes that worked on it, but for what a kill made them do again
 * @param sampleSeconds wall time of drawing the samples, likewise
 * @param metricSeconds wall time of the metrics
 * @param experiment the hash of the experiment that it belongs to, see {@link RecordedSpec#hash}; empty outside a run folder
 */
public record GenerationRecord(
        int generation,
        long seed,
        String loop,
        double bias,
        TrainingSetCounts trainingSet,
        Map<String, Object> metrics,
        double trainSeconds,
        double sampleSeconds,
        double metricSeconds,
        String experiment) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final Set<String> OWN_KEYS = Set.of(
            "generation",
            "seed",
            "loop",
            "bias",
            "trainingSet",
            "trainSeconds",
            "sampleSeconds",
            "metricSeconds",
            "experiment",
            RecordChecksum.KEY);

    /**
     * How many images of each kind a model was trained on.
     *
     * @param fixedReal real images that every generation sees again, the first generation's included
     * @param freshReal real images that no generation had seen before
     * @param synthetic images of earlier generations
     */
    public record TrainingSetCounts(int fixedReal, int freshReal, int synthetic) {}

    /** Refuses a metric that is not a finite number: such a generation has diverged and is not recorded. */
    public GenerationRecord {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        for (Map.Entry<String, Object> metric : metrics.entrySet()) {
            if (OWN_KEYS.contains(metric.getKey())) {
                throw new IllegalArgumentException("a metric cannot be named " + metric.getKey());
            }
            if (metric.getValue() instanceof Number number && !Double.isFinite(number.doubleValue())) {
                throw new AutophageException(
                        ExitCode.DIVERGED,
                        "generation %d of seed %d: %s is %s; the model has diverged, and the generation is not recorded"
                                .formatted(generation, seed, metric.getKey(), number));
            }
        }
    }

    /** The record of a generation that belongs to no run folder. */
    public GenerationRecord(
            int generation,
            long seed,
            String loop,
            double bias,
            TrainingSetCounts trainingSet,
            Map<String, Object> metrics,
            double trainSeconds,
            double sampleSeconds,
            double metricSeconds) {
        this(generation, seed, loop, bias, trainingSet, metrics, trainSeconds, sampleSeconds, metricSeconds, "");
    }

    /** The same as part of a run. */
    public GenerationRecord of(String hash) {
        return new GenerationRecord(
                generation, seed, loop, bias, trainingSet, metrics, trainSeconds, sampleSeconds, metricSeconds, hash);
    }

    /** The line, without its end, with its checksum. */
    public String toJson() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("fixedReal", trainingSet.fixedReal());
        counts.put("freshReal", trainingSet.freshReal());
        counts.put("synthetic", trainingSet.synthetic());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("generation", generation);
        line.put("seed", seed);
        line.put("loop", loop);
        line.put("bias", bias);
        line.put("trainingSet", counts);
        line.putAll(metrics);
        line.put("trainSeconds", trainSeconds);
        line.put("sampleSeconds", sampleSeconds);
        line.put("metricSeconds", metricSeconds);
        if (!experiment.isEmpty()) {
            line.put("experiment", experiment);
        }
        return RecordChecksum.seal(JSON.writeValueAsString(line));
    }

    /**
     * A record as it was read.
     *
     * @param line has passed {@link RecordLines}
     * @param place file and line number, for the message
     * @throws AutophageException with USAGE if it lacks what a run needs to go on
     */
    static GenerationRecord of(JsonNode line, String place) {
        Map<String, Object> found = JSON.convertValue(line, OBJECT);
        if (!(found.get("trainingSet") instanceof Map<?, ?> counts)) {
            throw AutophageException.usage(place + " is not the record of a generation: it has no trainingSet");
        }
        Map<String, Object> metrics = new LinkedHashMap<>(found);
        metrics.keySet().removeAll(OWN_KEYS);
        return new GenerationRecord(
                number(found, "generation", place).intValue(),
                number(found, "seed", place).longValue(),
                String.valueOf(found.get("loop")),
                number(found, "bias", place).doubleValue(),
                new TrainingSetCounts(
                        number(counts, "fixedReal", place).intValue(),
                        number(counts, "freshReal", place).intValue(),
                        number(counts, "synthetic", place).intValue()),
                metrics,
                number(found, "trainSeconds", place).doubleValue(),
                number(found, "sampleSeconds", place).doubleValue(),
                number(found, "metricSeconds", place).doubleValue(),
                String.valueOf(found.getOrDefault("experiment", "")));
    }

    private static Number number(Map<?, ?> found, String key, String place) {
        if (found.get(key) instanceof Number number) {
            return number;
        }
        throw AutophageException.usage(
                "%s is not the record of a generation: %s is %s, not a number".formatted(place, key, found.get(key)));
    }
}
