package org.autophage.report.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.autophage.measure.Composition;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.SweepRuns;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;

/**
 * The one number by which the cells of a sweep are compared: a metric in the last generation that all seeds of a loop
 * have, as in comparisons.
 *
 * @param metric that the records hold
 * @param perFreshSample whether it is divided by n_r, the fresh real samples of a generation
 */
record SweepQuantity(Metric metric, boolean perFreshSample) {
    /** What n_e / n_r is compared with: from there on synthetic data does no harm. */
    private static final double ADMISSIBLE = 1;

    /** n_e / n_r where all cells are loops with fresh data, otherwise a distance, otherwise what there is. */
    static SweepQuantity of(List<SweepRuns.Cell> cells) {
        boolean fresh = !cells.isEmpty()
                && cells.stream()
                        .allMatch(cell -> has(cell, Metrics.EFFECTIVE_SAMPLES) && freshSamples(cell.run()) > 0);
        if (fresh) {
            return new SweepQuantity(Metrics.EFFECTIVE_SAMPLES, true);
        }
        for (Metric distance : Metrics.DISTANCES) {
            if (cells.stream().anyMatch(cell -> has(cell, distance))) {
                return new SweepQuantity(distance, false);
            }
        }
        Metric first = cells.stream()
                .flatMap(cell -> cell.run().metrics().stream())
                .findFirst()
                .orElse(Metrics.FRECHET_DISTANCE);
        return new SweepQuantity(first, false);
    }

    /** Its name on the page. */
    String label() {
        return perFreshSample ? "n_e / n_r" : metric.label();
    }

    /** Its name inside a sentence. */
    String inSentence() {
        return perFreshSample ? label() : metric.inSentence();
    }

    /** What it is. */
    String meaning() {
        return perFreshSample
                ? "Effective over fresh real samples: 1 is the distance that the real samples alone would give; above it synthetic data helps, below it it harms."
                : metric.meaning();
    }

    /** What values are compared with, if anything. */
    OptionalDouble reference() {
        return perFreshSample ? OptionalDouble.of(ADMISSIBLE) : OptionalDouble.empty();
    }

    /** The number of a loop in its last generation, see {@link #lastGeneration}. */
    Estimate of(Trajectories run) {
        return last(run, metric.key()).dividedBy(unit(run));
    }

    /** A metric in a loop's last generation. */
    static Estimate last(Trajectories run, String key) {
        return run.estimate(key, lastGeneration(run));
    }

    /** The last generation that all seeds with records have finished; 0 before any. */
    static int lastGeneration(Trajectories run) {
        List<Integer> ends = run.run().firstAndLastGeneration();
        return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
    }

    /** How many generations the last quarter of a loop's is. */
    static int quarter(Trajectories run) {
        return Math.max(1, lastGeneration(run) / 4);
    }

    /**
     * The mean over the last quarter of the generations, where a loop has settled if it does. Its interval takes the mean
     * standard error of the generations, which is the most that the standard error of their mean can be, however they
     * depend on each other.
     */
    Estimate ofLastQuarter(Trajectories run) {
        return lastQuarter(run, metric.key()).dividedBy(unit(run));
    }

    private double unit(Trajectories run) {
        return perFreshSample ? freshSamples(run) : 1;
    }

    private static Estimate lastQuarter(Trajectories run, String key) {
        int last = lastGeneration(run);
        SortedMap<Integer, SortedMap<Long, Measure>> quarter =
                run.generations(key).subMap(last - quarter(run) + 1, last + 1);
        List<Measure> seeds = new ArrayList<>();
        for (long seed : run.run().seeds().keySet()) {
            List<Measure> values = quarter.values().stream()
                    .map(generation -> generation.get(seed))
                    .filter(Objects::nonNull)
                    .toList();
            if (!values.isEmpty()) {
                seeds.add(new Measure(
                        values.stream().mapToDouble(Measure::value).average().orElseThrow(),
                        values.stream()
                                .mapToDouble(Measure::standardError)
                                .average()
                                .orElseThrow(),
                        values.get(0).replicas()));
            }
        }
        return Estimate.ofMeasurements(seeds);
    }

    String format(Estimate estimate) {
        return MetricFormat.of(metric, estimate);
    }

    private static boolean has(SweepRuns.Cell cell, Metric metric) {
        Map<Integer, ?> generations = cell.run().generations(metric.key());
        return !generations.isEmpty();
    }

    /** Fresh real samples of a run's last generation; 0 where there are none. */
    private static int freshSamples(Trajectories run) {
        return run.run().records().stream()
                .reduce((earlier, later) -> later)
                .map(GenerationRecord::trainingSet)
                .map(Composition::freshReal)
                .orElse(0);
    }
}
