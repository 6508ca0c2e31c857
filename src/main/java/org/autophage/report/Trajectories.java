package org.autophage.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of one run, arranged for reading: metric by metric, generation by generation, seed by seed.
 *
 * @param run where they are from
 * @param metrics in reading order: what the field looks at first, then whatever else the records hold, times last
 * @param values by metric key, generation and seed
 */
record Trajectories(
        RunFolder run, List<Metric> metrics, Map<String, SortedMap<Integer, SortedMap<Long, Double>>> values) {

    private static final List<String> FIRST = List.of(
            Metric.FRECHET_DISTANCE, Metric.PRECISION, Metric.RECALL, "density", "coverage", Metric.LABEL_ACCURACY);

    static Trajectories of(RunFolder run) {
        Map<String, SortedMap<Integer, SortedMap<Long, Double>>> values = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        for (GenerationRecord record : run.records()) {
            record.measures().forEach((key, value) -> {
                keys.add(key);
                values.computeIfAbsent(key, k -> new TreeMap<>())
                        .computeIfAbsent(record.generation(), g -> new TreeMap<>())
                        .put(record.seed(), value);
            });
        }
        return new Trajectories(run, inReadingOrder(keys), values);
    }

    /** The metrics of several runs, each once. */
    static List<Metric> metricsOf(List<Trajectories> runs) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> run.metrics().forEach(metric -> keys.add(metric.key())));
        return inReadingOrder(keys);
    }

    /** A metric's values in one generation by seed; empty where there is none. */
    SortedMap<Long, Double> at(String key, int generation) {
        return generations(key).getOrDefault(generation, Collections.emptySortedMap());
    }

    /** Mean and interval over the seeds that have finished the generation. */
    Estimate estimate(String key, int generation) {
        return Estimate.of(at(key, generation).values());
    }

    /** The change between two generations, paired by seed. */
    Estimate change(String key, int from, int to) {
        return Estimate.ofPairedChange(at(key, from), at(key, to));
    }

    SortedMap<Integer, SortedMap<Long, Double>> generations(String key) {
        return values.getOrDefault(key, Collections.emptySortedMap());
    }

    private static List<Metric> inReadingOrder(Set<String> keys) {
        List<Metric> metrics = new ArrayList<>();
        FIRST.stream().filter(keys::contains).map(Metric::of).forEach(metrics::add);
        List<Metric> others = keys.stream()
                .filter(key -> !FIRST.contains(key))
                .map(Metric::of)
                .toList();
        others.stream().filter(metric -> metric.scale() != Metric.Scale.SECONDS).forEach(metrics::add);
        others.stream().filter(metric -> metric.scale() == Metric.Scale.SECONDS).forEach(metrics::add);
        return metrics;
    }
}
