package org.autophage.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.ClassDrift;

/**
 * What became of every class, a row each: share, precision and recall in the first and in the last generation, and whether chance
 * alone moves shares so far.
 *
 * @param table without rows where records have no classes
 * @param note what the verdict rests on, or why there is none
 */
public record ClassTable(RecordTable table, String note) {
    private static final List<Metric> SHOWN = List.of(Metrics.CLASS_SHARE, Metrics.PRECISION, Metrics.RECALL);

    private static final String NULL_HYPOTHESIS =
            "Drift is what the chance of which samples are drawn does to shares where every model learns the law of its training set: "
                    + "of n samples a generation the variance p(1 − p)(1 − (1 − 1/n)ᵗ) after t, less where real samples are learnt from too. "
                    + "z is the change over that deviation, over seeds their mean times the root of their number; p by Holm’s method over the classes. "
                    + "Amplified or suppressed is what moves one way in the seeds together.";

    static ClassTable of(Trajectories run) {
        ClassDrift drift = ClassDrift.of(run.run());
        List<Integer> ends = run.run().firstAndLastGeneration();
        List<String> header = new ArrayList<>(List.of("Class"));
        String when = ends.stream().map(String::valueOf).collect(Collectors.joining(" → "));
        SHOWN.forEach(metric -> header.add(metric.label() + ", generation " + when));
        header.addAll(List.of("z", "p (Holm)", "Share"));
        List<List<String>> rows = new ArrayList<>();
        for (ClassDrift.OfClass each : drift.verdicts()) {
            List<String> row = new ArrayList<>(List.of(each.name()));
            for (Metric metric : SHOWN) {
                row.add(values(run, Metrics.ofClass(metric, each.name()), ends));
            }
            row.add(Double.isNaN(each.deviations()) ? "-" : String.format(Locale.ROOT, "%.1f", each.deviations()));
            row.add(Double.isNaN(each.probability()) ? "-" : Prose.probability(each.probability()));
            row.add(each.inWords().isEmpty() ? "-" : each.inWords());
            rows.add(row);
        }
        return new ClassTable(
                new RecordTable(header, rows), drift.objection().isEmpty() ? NULL_HYPOTHESIS : drift.objection());
    }

    private static String values(Trajectories run, Metric metric, List<Integer> ends) {
        List<String> values = new ArrayList<>();
        for (int generation : ends) {
            Estimate estimate = run.estimate(metric.key(), generation);
            values.add(estimate.isPresent() ? MetricFormat.of(metric, estimate.mean()) : "-");
        }
        return String.join(" → ", values);
    }
}
