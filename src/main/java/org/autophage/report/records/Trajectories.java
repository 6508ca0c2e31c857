package org.autophage.report.records;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationRecord;

/**
 * The numbers of one run, arranged for reading: metric by metric, generation by generation, seed by seed.
 *
 * @param run where they are from
 * @param metrics in reading order: what the field looks at first, then whatever else the records hold, times last
 * @param values by metric key, generation and seed
 * @param expected what theory says, by metric key and generation; mean over the seeds, which differ where their data do
 * @param intervals how intervals over seeds are computed
 */
public record Trajectories(
        RunReading run,
        List<Metric> metrics,
        Map<String, SortedMap<Integer, SortedMap<Long, Measure>>> values,
        Map<String, SortedMap<Integer, Double>> expected,
        IntervalMethod intervals) {

    public static Trajectories of(RunReading run) {
        return of(run, IntervalMethod.T);
    }

    public static Trajectories of(RunReading run, IntervalMethod intervals) {
        Map<String, SortedMap<Integer, SortedMap<Long, Measure>>> values = new LinkedHashMap<>();
        Map<String, SortedMap<Integer, List<Double>>> theory = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        for (GenerationRecord record : run.records()) {
            record.measures().numbers().forEach((key, value) -> {
                keys.add(key);
                values.computeIfAbsent(key, k -> new TreeMap<>())
                        .computeIfAbsent(record.generation(), g -> new TreeMap<>())
                        .put(record.seed(), value);
            });
            record.measures().expected().forEach((key, value) -> theory.computeIfAbsent(key, k -> new TreeMap<>())
                    .computeIfAbsent(record.generation(), g -> new ArrayList<>())
                    .add(value));
        }
        Map<String, SortedMap<Integer, Double>> expected = new LinkedHashMap<>();
        theory.forEach((key, generations) -> {
            SortedMap<Integer, Double> means = new TreeMap<>();
            generations.forEach((generation, seeds) ->
                    means.put(generation, Estimate.of(seeds).mean()));
            expected.put(key, means);
        });
        return new Trajectories(run, Metrics.inReadingOrder(keys), values, expected, intervals);
    }

    /** The metrics of several runs, each once. */
    public static List<Metric> metricsOf(List<Trajectories> runs) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> run.metrics().forEach(metric -> keys.add(metric.key())));
        return Metrics.inReadingOrder(keys);
    }

    /** The generations that all seeds of all runs have finished: what "the last generation" is the last of. */
    public static TreeSet<Integer> finishedByAll(List<Trajectories> runs) {
        TreeSet<Integer> common = new TreeSet<>();
        for (int i = 0; i < runs.size(); i++) {
            RunReading run = runs.get(i).run();
            List<Integer> ends = run.firstAndLastGeneration();
            TreeSet<Integer> finished = new TreeSet<>();
            run.records().stream()
                    .map(GenerationRecord::generation)
                    .filter(generation -> generation <= ends.get(ends.size() - 1))
                    .forEach(finished::add);
            if (i == 0) {
                common.addAll(finished);
            } else {
                common.retainAll(finished);
            }
        }
        return common;
    }

    /** A metric's values in one generation by seed; empty where there is none. */
    public SortedMap<Long, Measure> at(String key, int generation) {
        return generations(key).getOrDefault(generation, Collections.emptySortedMap());
    }

    /** Mean and interval over the seeds that have finished the generation. */
    public Estimate estimate(String key, int generation) {
        return Estimate.ofMeasurements(at(key, generation).values(), intervals);
    }

    /** The change between two generations, paired by seed. */
    public Estimate change(String key, int from, int to) {
        return Estimate.ofPairedChange(at(key, from), at(key, to), intervals);
    }

    public SortedMap<Integer, SortedMap<Long, Measure>> generations(String key) {
        return values.getOrDefault(key, Collections.emptySortedMap());
    }

    /** What theory says of a metric, by generation; empty where it says nothing. */
    public SortedMap<Integer, Double> expected(String key) {
        return expected.getOrDefault(key, Collections.emptySortedMap());
    }

    /** Independent copies that the numbers of each seed are means over; 1 where there are none. */
    public long replicas() {
        return run.records().stream()
                .mapToLong(GenerationRecord::replicas)
                .max()
                .orElse(1);
    }
}
