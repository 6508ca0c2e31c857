package org.autophage.report.verdict;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.measure.Measure;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;
import org.autophage.statistics.Slope;

/**
 * The change of a metric a generation: of each seed the slope of least squares, then mean and interval over the seeds'
 * slopes. Seeds are independent, so the interval holds however the generations of one seed depend on each other, a random
 * walk included. Over replicas a slope Σ w y has the standard error Σ |w| e at most.
 */
final class LoopSlope {
    private static final double ROUNDING = 1e-12;

    private LoopSlope() {}

    /** The slope from one generation to another, of the seeds that have all between; not present for one generation. */
    static Estimate of(Trajectories run, String key, int from, int to) {
        SortedMap<Integer, SortedMap<Long, Measure>> generations =
                run.generations(key).subMap(from, to + 1);
        if (generations.size() < 2) {
            return Estimate.of(List.of());
        }
        double[] weights = Slope.weights(
                generations.keySet().stream().mapToDouble(Integer::doubleValue).toArray());
        SortedMap<Long, Measure> slopes = new TreeMap<>();
        for (long seed : run.run().seeds().keySet()) {
            if (generations.values().stream().allMatch(values -> values.containsKey(seed))) {
                slopes.put(
                        seed,
                        slope(
                                generations.values().stream()
                                        .map(values -> values.get(seed))
                                        .toList(),
                                weights));
            }
        }
        return Estimate.ofMeasurements(slopes.values());
    }

    private static Measure slope(List<Measure> values, double[] weights) {
        double slope = 0;
        double error = 0;
        double largest = 0;
        long replicas = Long.MAX_VALUE;
        for (int i = 0; i < weights.length; i++) {
            slope += weights[i] * values.get(i).value();
            largest = Math.max(largest, Math.abs(values.get(i).value()));
            error += Math.abs(weights[i]) * values.get(i).standardError();
            replicas = Math.min(replicas, values.get(i).replicas());
        }
        // What rounding leaves of a constant is no slope, however small its error.
        return new Measure(Math.abs(slope) < ROUNDING * largest ? 0 : slope, error, replicas);
    }
}
