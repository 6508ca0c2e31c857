package org.autophage.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One finished generation: one line of generations.jsonl. Its keys come in the order of the components, with the
 * names and values of what was measured in the place of {@code measures}. What a run writes has all of them; what a report
 * reads may lack the loop, λ, the training set and times.
 *
 * @param generation t, counted from 1
 * @param seed the seed of the run
 * @param loop the kind of loop, as in the spec; empty where the record has none
 * @param bias the sampling bias λ that the samples were drawn with, in (0, 1]; null where the record has none
 * @param trainingSet what the model was trained on; null where the record does not say
 * @param measures what was measured, and what it cost
 * @param experiment the hash of the experiment that it belongs to, see {@link RecordedSpec#hash}; empty outside a run folder
 */
public record GenerationRecord(
        int generation,
        long seed,
        String loop,
        @Nullable Double bias,
        @Nullable Composition trainingSet,
        Measures measures,
        String experiment) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String GENERATION = "generation";
    private static final String SEED = "seed";
    private static final String LOOP = "loop";
    private static final String BIAS = "bias";
    private static final String TRAINING_SET = "trainingSet";
    private static final String EXPERIMENT = "experiment";

    private static final Set<String> OWN_KEYS =
            Set.of(GENERATION, SEED, LOOP, BIAS, TRAINING_SET, EXPERIMENT, RecordChecksum.KEY);

    /** Keys beside those of measures whose values are text. */
    static final Set<String> TEXTS = Set.of(LOOP, EXPERIMENT, RecordChecksum.KEY);

    /** Refuses a metric that is not a finite number: such a generation has diverged and is not recorded. */
    public GenerationRecord {
        for (String key : measures.toMap().keySet()) {
            if (OWN_KEYS.contains(key)) {
                throw new IllegalArgumentException("a metric cannot be named " + key);
            }
        }
        measures.firstNotFinite().ifPresent(metric -> {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "generation %d of seed %d: %s is %s; the model has diverged, and the generation is not recorded"
                            .formatted(generation, seed, metric.getKey(), metric.getValue()));
        });
    }

    /**
     * The record of a generation that belongs to no run folder.
     *
     * @param trainSeconds wall time of training, in all processes that worked on it, but for what a kill made them do again
     * @param sampleSeconds wall time of drawing the samples, likewise
     * @param metricSeconds wall time of the metrics
     */
    public GenerationRecord(
            int generation,
            long seed,
            String loop,
            double bias,
            Composition trainingSet,
            Measures measures,
            double trainSeconds,
            double sampleSeconds,
            double metricSeconds) {
        this(
                generation,
                seed,
                loop,
                bias,
                trainingSet,
                Measures.builder()
                        .addAll(measures)
                        .add(Metrics.TRAIN_SECONDS, trainSeconds)
                        .add(Metrics.SAMPLE_SECONDS, sampleSeconds)
                        .add(Metrics.METRIC_SECONDS, metricSeconds)
                        .build(),
                "");
    }

    /** The same as part of a run. */
    public GenerationRecord of(String hash) {
        return new GenerationRecord(generation, seed, loop, bias, trainingSet, measures, hash);
    }

    /** The same for people: control characters of names and texts are shown as escapes. */
    public GenerationRecord printable() {
        return new GenerationRecord(
                generation, seed, Printable.of(loop), bias, trainingSet, measures.inWords(Printable::of), experiment);
    }

    /** The line, without its end, with its checksum. */
    public String toJson() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(GENERATION, generation);
        line.put(SEED, seed);
        line.put(LOOP, loop);
        if (bias != null) {
            line.put(BIAS, bias);
        }
        if (trainingSet != null) {
            line.put(TRAINING_SET, trainingSet.toMap());
        }
        line.putAll(measures.toMap());
        if (!experiment.isEmpty()) {
            line.put(EXPERIMENT, experiment);
        }
        return RecordChecksum.seal(JSON.writeValueAsString(line));
    }

    /**
     * A record as it was read.
     *
     * @param line has passed the checks of {@link RecordLines}
     */
    static GenerationRecord of(JsonNode line) {
        JsonNode trainingSet = line.path(TRAINING_SET);
        return new GenerationRecord(
                line.path(GENERATION).asInt(),
                line.path(SEED).asLong(),
                line.path(LOOP).asString(""),
                line.has(BIAS) ? line.path(BIAS).asDouble() : null,
                trainingSet.isObject() ? Composition.read(trainingSet) : null,
                Measures.read(line, OWN_KEYS),
                line.path(EXPERIMENT).asString(""));
    }

    /**
     * The same, refusing what lacks anything that a run needs to go on.
     *
     * @param place file and line number, for the message
     * @throws AutophageException with USAGE
     */
    static GenerationRecord complete(JsonNode line, String place) {
        JsonNode trainingSet = line.path(TRAINING_SET);
        if (!trainingSet.isObject()) {
            throw AutophageException.usage(place + " is not the record of a generation: it has no trainingSet");
        }
        requireNumber(line, BIAS, place);
        Composition.KEYS.forEach(key -> requireNumber(trainingSet, key, place));
        Metrics.TIMES.forEach(time -> requireNumber(line, time.key(), place));
        return of(line);
    }

    private static void requireNumber(JsonNode object, String key, String place) {
        if (!object.path(key).isNumber()) {
            throw AutophageException.usage("%s is not the record of a generation: %s is %s, not a number"
                    .formatted(place, key, object.has(key) ? object.get(key) : "missing"));
        }
    }

    /** The feature extractor with its hash; empty where the record has none. */
    public String features() {
        return measures.text(Basis.FEATURES).orElse("");
    }

    /** The independent classifier with its hash; empty where the record has none. */
    public String classifier() {
        return measures.text(Basis.CLASSIFIER).orElse("");
    }

    /** How many samples the metrics looked at; empty where the record does not say. */
    public OptionalLong samples() {
        return measures.count(Basis.SAMPLES);
    }

    /** Independent copies that the numbers are means over, 1 where the record says nothing of them. */
    public long replicas() {
        return measures.replicas();
    }

    /** Wall time of training, of sampling or of measuring; 0 where the record does not say. */
    public double seconds(Metric time) {
        return measures.value(time).orElse(0);
    }

    /** Wall time of training, sampling and measuring together. */
    public double seconds() {
        return Metrics.TIMES.stream().mapToDouble(this::seconds).sum();
    }

    /** All figures that another run of the same seed has too: nothing of when, where and in which run it was made. */
    String figures() {
        Map<String, Object> figures = measures.withoutCosts().toMap();
        figures.remove(Basis.MODEL_FROM.key());
        return List.of(generation, loop, String.valueOf(bias), String.valueOf(trainingSet), figures)
                .toString();
    }
}
