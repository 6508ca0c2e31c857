package org.autophage.report.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.TextTable;
import org.autophage.report.records.ClassifierBasis;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.ExpectedBasis;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;

/** The records of a run as a plain-text table for standard output: mean ± half-width over seeds or replicas. */
public final class GenerationTable {
    private static final List<Metric> SHOWN = List.of(
            Metrics.FRECHET_DISTANCE,
            Metrics.PRECISION,
            Metrics.RECALL,
            Metrics.DENSITY,
            Metrics.COVERAGE,
            Metrics.LABEL_ACCURACY,
            Metrics.SQUARED_WASSERSTEIN,
            Metrics.EFFECTIVE_SAMPLES,
            Metrics.VARIANCE,
            Metrics.LOG_VARIANCE,
            Metrics.LOG_LIKELIHOOD,
            Metrics.TOKEN_ENTROPY,
            Metrics.CROSS_ENTROPY,
            Metrics.ENTROPY_GAP,
            Metrics.POSSIBLE_SHARE,
            Metrics.TAIL_TYPE_COVERAGE,
            Metrics.MODES_LOST,
            Metrics.HIGH_QUALITY_SHARE);

    private GenerationTable() {}

    /**
     * Renders a run folder's records, a line a generation and one on their features, with a final newline. A metric that no record has gets no
     * column.
     */
    public static String of(Path runFolder) {
        Trajectories run = Trajectories.of(RunReading.read(runFolder));
        List<Metric> metrics = run.metrics().stream().filter(SHOWN::contains).toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("generation", "seeds"));
        for (Metric metric : metrics) {
            header.add(metric.inSentence());
            if (!run.expected(metric.key()).isEmpty()) {
                header.add(ExpectedBasis.of(List.of(run)).label());
            }
        }
        header.add("seconds");
        rows.add(header);
        TreeSet<Integer> generations = new TreeSet<>();
        run.run().records().forEach(record -> generations.add(record.generation()));
        for (int generation : generations) {
            rows.add(row(run, metrics, generation));
        }
        return TextTable.aligned(0, rows) + footnote(run.run());
    }

    /** Which classifier the figures rest on, and how good it is. */
    private static String footnote(RunReading run) {
        return ClassifierBasis.of(Metrics.FRECHET_DISTANCE, run.records())
                .map(text -> "features " + run.records().get(0).features() + ": " + text + " that it had not seen\n")
                .orElse("");
    }

    private static List<String> row(Trajectories run, List<Metric> metrics, int generation) {
        List<GenerationRecord> records = run.run().records().stream()
                .filter(record -> record.generation() == generation)
                .toList();
        List<String> row = new ArrayList<>(List.of("" + generation, "" + records.size()));
        for (Metric metric : metrics) {
            Estimate estimate = run.estimate(metric.key(), generation);
            row.add(estimate.isPresent() ? MetricFormat.of(metric, estimate) : "-");
            if (!run.expected(metric.key()).isEmpty()) {
                Double expected = run.expected(metric.key()).get(generation);
                row.add(expected == null ? "-" : MetricFormat.of(metric, expected));
            }
        }
        List<Double> seconds = records.stream().map(GenerationRecord::seconds).toList();
        row.add(MetricFormat.of(Metrics.TRAIN_SECONDS, Estimate.of(seconds)));
        return row;
    }
}
