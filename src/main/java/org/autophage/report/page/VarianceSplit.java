package org.autophage.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.measure.Samplings;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;
import org.autophage.statistics.NestedVariance;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * How much of each metric's variance is of training and how much of sampling, where models were sampled with several sampling seeds:
 * in the first generation, whose trainings differ in nothing but the seed, and in the last.
 *
 * @param table a row a metric and generation; no rows where each model was sampled once
 * @param basis "5 trainings, each sampled 5 times"
 */
public record VarianceSplit(RecordTable table, String basis) {
    private static final List<String> HEADER = List.of(
            "Metric",
            "Generation",
            "Mean",
            "Deviation by training",
            "Deviation by sampling",
            "Sampling error in the records",
            "Training’s share of the variance",
            "95% interval");

    static VarianceSplit of(Trajectories run) {
        SortedSet<Integer> generations = new TreeSet<>(run.run().firstAndLastGeneration());
        List<List<String>> rows = new ArrayList<>();
        int trainings = 0;
        int samplings = 0;
        for (Metric metric : run.metrics()) {
            if (Metrics.isOfAPart(metric)) {
                continue;
            }
            for (int generation : generations) {
                List<GenerationRecord> records = sampledAgain(run.run(), metric, generation);
                List<double[]> figures = records.stream()
                        .map(record -> Samplings.of(record.measures(), metric))
                        .toList();
                if (figures.stream().flatMapToDouble(Arrays::stream).distinct().count() > 1) {
                    rows.add(row(metric, generation, figures, samplingError(records, metric)));
                    trainings = Math.max(trainings, figures.size());
                    samplings = figures.get(0).length;
                }
            }
        }
        String basis = trainings == 1
                ? "one training, sampled %d times: a second training seed would tell what training moves"
                        .formatted(samplings)
                : "%d trainings, each sampled %d times".formatted(trainings, samplings);
        return new VarianceSplit(new RecordTable(HEADER, rows), basis);
    }

    private static List<GenerationRecord> sampledAgain(RunReading run, Metric metric, int generation) {
        return run.records().stream()
                .filter(record -> record.generation() == generation)
                .filter(record -> Samplings.of(record.measures(), metric).length > 1)
                .toList();
    }

    /** The root of the mean square over seeds. */
    private static OptionalDouble samplingError(Collection<GenerationRecord> records, Metric metric) {
        OptionalDouble meanSquare = records.stream()
                .map(record -> record.measures().samplingError(metric))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(error -> error.getAsDouble() * error.getAsDouble())
                .average();
        return meanSquare.isPresent() ? OptionalDouble.of(Math.sqrt(meanSquare.getAsDouble())) : meanSquare;
    }

    private static List<String> row(Metric metric, int generation, List<double[]> figures, OptionalDouble error) {
        StreamingStatistics all = new StreamingStatistics();
        for (double[] model : figures) {
            for (double value : model) {
                all.addValue(value);
            }
        }
        List<String> row =
                new ArrayList<>(List.of(metric.label(), "" + generation, MetricFormat.of(metric, all.getMean())));
        String recorded = error.isPresent() ? MetricFormat.significant(error.getAsDouble()) : "";
        if (figures.size() < 2) {
            row.addAll(List.of("", MetricFormat.significant(all.getStandardDeviation()), recorded, "", ""));
            return row;
        }
        NestedVariance split = NestedVariance.of(figures);
        row.addAll(List.of(
                MetricFormat.significant(split.trainingDeviation()),
                MetricFormat.significant(split.samplingDeviation()),
                recorded));
        row.addAll(
                Double.isNaN(split.share())
                        ? List.of("", "")
                        : List.of(percent(split.share()), percent(split.low()) + " to " + percent(split.high())));
        return row;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + "%";
    }
}
