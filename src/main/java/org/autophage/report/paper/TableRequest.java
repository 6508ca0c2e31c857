package org.autophage.report.paper;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.autophage.base.AutophageException;
import org.autophage.base.NearestKey;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;

/**
 * What a table or a set of figures is to show.
 *
 * @param metrics keys of the columns, in their order; none for all but what generations cost and what is of one class or
 *     factor's tail alone
 * @param generations numbers, or "last"; none for what the table has by default
 * @param baseline the loop or the generation that differences are to; empty for the default
 */
public record TableRequest(List<String> metrics, List<String> generations, String baseline) {
    /** Everything as it is by default. */
    public static final TableRequest DEFAULTS = new TableRequest(List.of(), List.of(), "");

    private static final String LAST = "last";

    public TableRequest {
        metrics = List.copyOf(metrics);
        generations = List.copyOf(generations);
    }

    /**
     * The columns.
     *
     * @param held what the records have, in reading order
     * @throws AutophageException with USAGE for a key that no record has
     */
    public List<Metric> columns(List<Metric> held) {
        if (metrics.isEmpty()) {
            return held.stream()
                    .filter(metric -> !metric.isCost() && !Metrics.isOfAPart(metric))
                    .toList();
        }
        Set<String> keys = new LinkedHashSet<>(metrics);
        List<String> known = held.stream().map(Metric::key).toList();
        keys.forEach(key -> require("--metrics", key, "in no record", known));
        return keys.stream().map(Metrics::of).toList();
    }

    /**
     * What is plotted: the columns, but for how good classifiers are, which is the same in every generation, unless it is asked
     * for.
     *
     * @throws AutophageException with USAGE for a key that no record has
     */
    List<Metric> curves(List<Metric> held) {
        return columns(held).stream()
                .filter(metric -> !metrics.isEmpty() || !Metrics.isAccuracy(metric))
                .toList();
    }

    /**
     * The generations, in order.
     *
     * @param finished those that all seeds of all loops have
     * @param byDefault those of a table that nothing was asked of
     * @throws AutophageException with USAGE for one that is not finished
     */
    Set<Integer> rows(TreeSet<Integer> finished, Set<Integer> byDefault) {
        if (generations.isEmpty()) {
            return byDefault;
        }
        Set<Integer> asked = new TreeSet<>();
        for (String each : generations) {
            String text = each.equals(LAST) ? "" + finished.last() : each;
            if (finished.stream().map(String::valueOf).noneMatch(text::equals)) {
                throw AutophageException.usage("--generations " + each + ": must be one of those that all seeds have, "
                        + finished.first() + " to " + finished.last() + ", or last");
            }
            asked.add(Integer.valueOf(text));
        }
        return asked;
    }

    /** The place of the baseline among labels; the first by default. */
    int baselineAmong(List<String> labels) {
        if (baseline.isEmpty()) {
            return 0;
        }
        require("--baseline", baseline, "none of the loops", labels);
        return labels.indexOf(baseline);
    }

    static void require(String option, String written, String what, Collection<String> known) {
        if (!known.contains(written)) {
            throw AutophageException.usage(option + " " + written + ": " + what
                    + (known.isEmpty() ? "" : "; the nearest is " + NearestKey.to(written, known)));
        }
    }
}
