package org.autophage.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.records.ClassifierBasis;
import org.autophage.report.records.ExpectedBasis;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;

/**
 * One of a page's small plots: a metric over the generations.
 *
 * @param index of the metric in the page's data
 * @param metric what is plotted
 * @param basis what it was computed from: features and number of samples
 * @param expected what its dashed lines are; empty where there are none
 * @param description what is to be seen, for those who cannot see it
 */
public record Chart(int index, Metric metric, String basis, Optional<ExpectedBasis> expected, String description) {
    /** The plots of all metrics, in reading order. */
    public static List<Chart> of(List<Trajectories> runs, List<String> labels) {
        List<Chart> charts = new ArrayList<>();
        List<Metric> metrics = Trajectories.metricsOf(runs);
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            if (ClassifierBasis.isAccuracy(metric) || Metrics.isOfAPart(metric)) {
                continue; // nothing to plot, or too much: classes and factors have tables
            }
            Optional<ExpectedBasis> expected =
                    runs.stream().anyMatch(run -> !run.expected(metric.key()).isEmpty())
                            ? Optional.of(ExpectedBasis.of(runs))
                            : Optional.empty();
            charts.add(new Chart(i, metric, basis(metric, runs), expected, description(metric, runs, labels)));
        }
        return charts;
    }

    /** What dashed lines are, of the first of the plots that has some: "closed form: what theory expects"; empty of none. */
    public static String expectations(List<Chart> charts) {
        return charts.stream()
                .flatMap(chart -> chart.expected().stream())
                .findFirst()
                .map(ExpectedBasis::inWords)
                .orElse("");
    }

    /** Whether it shows what something cost, rather than how good it was. */
    public boolean isTime() {
        return metric.isCost();
    }

    /** The features' name and the number of samples behind a metric. */
    private static String basis(Metric metric, List<Trajectories> runs) {
        if (metric.isCost()) {
            return metric.meaning();
        }
        Set<String> features = new TreeSet<>();
        Set<Long> samples = new TreeSet<>();
        for (Trajectories run : runs) {
            for (GenerationRecord record : run.run().records()) {
                if (!record.features().isEmpty()) {
                    features.add(record.features());
                }
                record.samples().ifPresent(samples::add);
            }
        }
        String extractor = ClassifierBasis.isJudged(metric)
                ? "independent classifier"
                : features.isEmpty()
                        ? "features not recorded"
                        : String.join(", ", features).replace(Basis.POINTS, "points themselves");
        long replicas = runs.stream().mapToLong(Trajectories::replicas).max().orElse(1);
        String mean = replicas > 1 ? " · mean over " + Prose.counted(replicas, "replica") : "";
        String count = samples.isEmpty()
                ? (features.contains(Basis.POINTS) || features.contains(Basis.TOKENS)
                        ? "from the model’s parameters"
                        : "number of samples not recorded")
                : String.join(" or ", samples.stream().map(Prose::count).toList()) + " samples";
        String accuracy = ClassifierBasis.of(
                        metric,
                        runs.stream()
                                .flatMap(run -> run.run().records().stream())
                                .toList())
                .map(text -> ", " + text)
                .orElse("");
        return extractor + accuracy + " · " + count + mean;
    }

    private static String description(Metric metric, List<Trajectories> runs, List<String> labels) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Trajectories run = runs.get(i);
            List<Integer> ends = run.run().firstAndLastGeneration().stream()
                    .filter(generation -> run.estimate(metric.key(), generation).isPresent())
                    .toList();
            if (!ends.isEmpty()) {
                parts.add((runs.size() > 1 ? labels.get(i) + ": " : "")
                        + ends.stream()
                                .map(generation -> at(metric, run, generation))
                                .collect(Collectors.joining(", ")));
            }
        }
        return metric.label() + " over generations. " + String.join("; ", parts);
    }

    private static String at(Metric metric, Trajectories run, int generation) {
        Double expected = run.expected(metric.key()).get(generation);
        return MetricFormat.of(metric, run.estimate(metric.key(), generation))
                + (expected == null
                        ? ""
                        : " (" + ExpectedBasis.of(List.of(run)).label() + " " + MetricFormat.of(metric, expected) + ")")
                + " in generation " + generation;
    }
}
