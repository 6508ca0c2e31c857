package org.autophage.report.records;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.autophage.measure.Measure;

/**
 * The difference of a metric between two arms in one generation.
 *
 * @param change the second less the first, with its interval
 * @param paired whether it is over differences of one seed; otherwise over two independent sets of seeds
 */
public record Contrast(Estimate change, boolean paired) {
    /**
     * Pairs by seed where the arms share two seeds or more, for runs of one seed share their random streams; otherwise, and
     * where both arms have several seeds, the seeds of both are independent (Welch 1947).
     */
    public static Contrast of(Map<Long, Measure> from, Map<Long, Measure> to, IntervalMethod method) {
        Set<Long> common = new TreeSet<>(from.keySet());
        common.retainAll(to.keySet());
        boolean replicas = from.values().stream().allMatch(Measure::hasInterval)
                && to.values().stream().allMatch(Measure::hasInterval);
        boolean independent = common.size() < 2 && from.size() > 1 && to.size() > 1 && !replicas;
        return independent
                ? new Contrast(
                        method.ofDifference(
                                from.values().stream().map(Measure::value).toList(),
                                to.values().stream().map(Measure::value).toList()),
                        false)
                : new Contrast(Estimate.ofPairedChange(from, to, method), true);
    }
}
