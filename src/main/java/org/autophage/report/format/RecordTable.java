package org.autophage.report.format;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.ExpectedBasis;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;

/**
 * Records as rows of text.
 *
 * @param header the columns' names
 * @param rows as many cells as the header has
 */
public record RecordTable(List<String> header, List<List<String>> rows) {
    /** Mean and half-width, a row a generation; what is expected of a metric stands beside it. */
    public static RecordTable overSeeds(Trajectories run) {
        List<String> header = new ArrayList<>(List.of("Generation", "Seeds"));
        for (Metric metric : run.metrics()) {
            header.add(metric.label());
            if (!run.expected(metric.key()).isEmpty()) {
                header.add(
                        metric.label() + ", " + ExpectedBasis.of(List.of(run)).label());
            }
        }
        SortedSet<Integer> generations = new TreeSet<>();
        run.run().records().forEach(record -> generations.add(record.generation()));
        List<List<String>> rows = new ArrayList<>();
        for (int generation : generations) {
            long seeds = run.run().records().stream()
                    .filter(record -> record.generation() == generation)
                    .count();
            List<String> row = new ArrayList<>(List.of("" + generation, "" + seeds));
            for (Metric metric : run.metrics()) {
                Estimate estimate = run.estimate(metric.key(), generation);
                row.add(estimate.isPresent() ? MetricFormat.of(metric, estimate) : "");
                if (!run.expected(metric.key()).isEmpty()) {
                    Double expected = run.expected(metric.key()).get(generation);
                    row.add(expected == null ? "" : MetricFormat.of(metric, expected));
                }
            }
            rows.add(row);
        }
        return new RecordTable(header, rows);
    }

    /** Every record as it is, a row a seed and generation. */
    public static RecordTable perSeed(Trajectories run) {
        List<String> header = new ArrayList<>(List.of("Seed", "Generation"));
        run.metrics().forEach(metric -> header.add(metric.label()));
        List<List<String>> rows = new ArrayList<>();
        for (GenerationRecord record : run.run().records()) {
            List<String> row = new ArrayList<>(List.of("" + record.seed(), "" + record.generation()));
            for (Metric metric : run.metrics()) {
                Measure measured = record.measures().numbers().get(metric.key());
                row.add(measured == null ? "" : MetricFormat.of(metric, Estimate.ofMeasurements(List.of(measured))));
            }
            rows.add(row);
        }
        return new RecordTable(header, rows);
    }
}
