package org.autophage.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.Contrast;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.IntervalMethod;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What remedies did for their loops, and at what price: each arm beside the one that differs from it in having no remedies, and beside
 * the one that differs in being its random control.
 */
final class RemedyEffects {
    private static final String REMEDIES = "remedies";
    private static final String CONTROL = "control";

    private final List<Arm> arms;
    private final List<Trajectories> trajectories;
    /** Of each arm its spec, but for what names it: as it is, without its remedies, and without what makes them controls. */
    private final List<JsonNode> specs;

    private final List<JsonNode> open;
    private final List<JsonNode> choices;
    private final int generation;
    private final IntervalMethod intervals;

    private RemedyEffects(List<Arm> arms, List<Trajectories> trajectories, int generation, IntervalMethod intervals) {
        this.arms = arms;
        this.trajectories = trajectories;
        this.specs = arms.stream().map(arm -> arm.members().get(0).spec()).toList();
        this.open = specs.stream().map(spec -> without(spec, true)).toList();
        this.choices = specs.stream().map(spec -> without(spec, false)).toList();
        this.generation = generation;
        this.intervals = intervals;
    }

    /** The table of a generation that all arms have; without rows where no arm has remedies. */
    static RecordTable of(List<Arm> arms, List<Trajectories> trajectories, int generation, IntervalMethod intervals) {
        return new RemedyEffects(arms, trajectories, generation, intervals).table();
    }

    private RecordTable table() {
        List<Metric> metrics = Trajectories.metricsOf(trajectories);
        Optional<Metric> distance =
                Metrics.DISTANCES.stream().filter(metrics::contains).findFirst();
        if (distance.isEmpty() || IntStream.range(0, specs.size()).noneMatch(this::isRemedied)) {
            return new RecordTable(List.of(), List.of());
        }
        List<String> header = new ArrayList<>(List.of("Loop", distance.get().label()));
        if (metrics.contains(Metrics.RECALL)) {
            header.add(Metrics.RECALL.label());
        }
        header.addAll(List.of(
                "Distance against no remedy",
                "Distance against the random control",
                "Draws a generation",
                "Seconds a generation",
                "Real samples known besides"));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            rows.add(row(i, distance.get(), metrics.contains(Metrics.RECALL)));
        }
        return new RecordTable(header, rows);
    }

    private List<String> row(int i, Metric distance, boolean recall) {
        List<String> row = new ArrayList<>(List.of(arms.get(i).label(), value(i, distance)));
        if (recall) {
            row.add(value(i, Metrics.RECALL));
        }
        boolean remedied = isRemedied(i);
        row.add(remedied ? against(other(i, j -> !isRemedied(j) && open.get(j).equals(open.get(i))), i, distance) : "");
        row.add(
                remedied && !isControl(i)
                        ? against(other(i, j -> isControl(j) && choices.get(j).equals(choices.get(i))), i, distance)
                        : "");
        row.add(mean(i, record -> sum(record, "drawn")));
        row.add(mean(i, record -> record.seconds(Metrics.TRAIN_SECONDS) + record.seconds(Metrics.SAMPLE_SECONDS)));
        row.add(remedied ? mean(i, record -> sum(record, "sideInformation")) : "");
        return row;
    }

    private String value(int i, Metric metric) {
        Estimate estimate = trajectories.get(i).estimate(metric.key(), generation);
        return estimate.isPresent() ? MetricFormat.of(metric, estimate) : "";
    }

    /** Another arm. */
    private OptionalInt other(int i, IntPredicate which) {
        return IntStream.range(0, specs.size())
                .filter(j -> j != i)
                .filter(which)
                .findFirst();
    }

    /** The difference with its interval, and in a word what it says. */
    private String against(OptionalInt reference, int i, Metric distance) {
        if (reference.isEmpty()) {
            return "";
        }
        Estimate change = Contrast.of(
                        trajectories.get(reference.getAsInt()).at(distance.key(), generation),
                        trajectories.get(i).at(distance.key(), generation),
                        intervals)
                .change();
        if (!change.isPresent()) {
            return "";
        }
        String word = !change.hasInterval()
                ? "one seed"
                : !change.excludesZero() ? "cannot be told" : change.mean() < 0 ? "better" : "worse";
        return "%s, %s"
                .formatted(
                        MetricFormat.change(
                                distance,
                                change,
                                trajectories
                                        .get(i)
                                        .estimate(distance.key(), generation)
                                        .mean()),
                        word);
    }

    /** A mean over seeds and generations after the first, whose model all arms share; empty of zeros. */
    private String mean(int i, ToDoubleFunction<GenerationRecord> figure) {
        OptionalDouble mean = arms.get(i).run().records().stream()
                .filter(record -> record.generation() > 1 || generation == 1)
                .mapToDouble(figure)
                .average();
        if (mean.isEmpty() || mean.getAsDouble() == 0) {
            return "";
        }
        return mean.getAsDouble() < 100
                ? String.format(Locale.ROOT, "%.1f", mean.getAsDouble())
                : Prose.count(Math.round(mean.getAsDouble()));
    }

    private static double sum(GenerationRecord record, String figure) {
        return record.measures().remedies().values().stream()
                .mapToDouble((Map<String, Double> told) -> told.getOrDefault(figure, 0.0))
                .sum();
    }

    private boolean isRemedied(int i) {
        return !specs.get(i).path(REMEDIES).isEmpty();
    }

    private boolean isControl(int i) {
        return specs.get(i).path(REMEDIES).valueStream().anyMatch(remedy -> remedy.has(CONTROL));
    }

    /** A spec without what names it, and without its remedies, or only without what makes them controls. */
    private static JsonNode without(JsonNode spec, boolean remediesToo) {
        JsonNode copy = spec.deepCopy();
        if (copy instanceof ObjectNode tree) {
            tree.remove(List.of("name", "seeds"));
            if (remediesToo) {
                tree.remove(REMEDIES);
            } else {
                tree.path(REMEDIES).forEach(remedy -> ((ObjectNode) remedy).remove(CONTROL));
            }
        }
        return copy;
    }
}
