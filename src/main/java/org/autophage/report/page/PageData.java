package org.autophage.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.RecordCsv;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.ThinnedCurve;
import org.autophage.report.records.TrainingFigure;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the page's script plots, as JSON that can stand inside a script element. */
public final class PageData {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> root = new LinkedHashMap<>();

    /** The metrics of runs over a common axis of generations; generations that a run lacks are null. */
    public PageData(List<Trajectories> runs, List<String> labels) {
        this(runs, labels, Trajectories.metricsOf(runs));
    }

    /** The same with some of the metrics only. */
    public PageData(List<Trajectories> runs, List<String> labels, List<Metric> shown) {
        SortedSet<Integer> generations = new TreeSet<>();
        runs.forEach(run -> run.run().records().forEach(record -> generations.add(record.generation())));
        List<Object> metrics = new ArrayList<>();
        for (Metric metric : shown) {
            List<Object> series = new ArrayList<>();
            runs.forEach(run -> series.add(series(run, metric, generations)));
            metrics.add(Map.of("label", metric.label(), "scale", metric.scale().name(), "runs", series));
        }
        root.put("labels", labels);
        root.put("generations", generations);
        root.put("metrics", metrics);
        root.put("csv", RecordCsv.of(runs, labels));
    }

    /** Adds the loss curves of a run, seed by seed. */
    PageData withLosses(RunReading run) {
        List<Object> seeds = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        run.seeds().forEach((seed, records) -> {
            List<Object> curves = new ArrayList<>();
            for (GenerationRecord record : records) {
                Optional<ThinnedCurve> curve = ThinnedCurve.read(
                        run.generationFolder(seed, record.generation()).training());
                curve.ifPresent(found -> {
                    Map<String, Object> figures = new LinkedHashMap<>();
                    found.figures().forEach((column, values) -> figures.put(column, rounded(values)));
                    columns.addAll(found.figures().keySet());
                    curves.add(Map.of(
                            "generation", record.generation(), "steps", rounded(found.steps()), "figures", figures));
                });
            }
            if (!curves.isEmpty()) {
                seeds.add(Map.of("seed", seed, "curves", curves));
            }
        });
        root.put("losses", seeds);
        root.put("figures", columns.stream().map(TrainingFigure::of).toList());
        return this;
    }

    /** Whether any loss curve was found. */
    boolean hasLosses() {
        return root.get("losses") instanceof List<?> seeds && !seeds.isEmpty();
    }

    /** JSON in which no character can end a script element or start a comment. */
    public String json() {
        return JSON.writeValueAsString(root)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static Map<String, Object> series(Trajectories run, Metric metric, SortedSet<Integer> generations) {
        List<@Nullable Double> mean = new ArrayList<>();
        List<@Nullable Double> low = new ArrayList<>();
        List<@Nullable Double> high = new ArrayList<>();
        List<@Nullable Double> expected = new ArrayList<>();
        Map<Long, List<@Nullable Double>> seeds = new LinkedHashMap<>();
        for (int generation : generations) {
            Estimate estimate = run.estimate(metric.key(), generation);
            mean.add(estimate.isPresent() ? estimate.mean() : null);
            low.add(estimate.hasInterval() ? estimate.low() : null);
            high.add(estimate.hasInterval() ? estimate.high() : null);
            expected.add(run.expected(metric.key()).get(generation));
            Map<Long, Measure> values = run.at(metric.key(), generation);
            for (long seed : run.run().seeds().keySet()) {
                Measure value = values.get(seed);
                seeds.computeIfAbsent(seed, s -> new ArrayList<>()).add(value == null ? null : value.value());
            }
        }
        Map<String, Object> series = new LinkedHashMap<>(Map.of("mean", mean, "low", low, "high", high));
        if (seeds.size() > 1) {
            series.put("seeds", seeds);
        }
        if (expected.stream().anyMatch(Objects::nonNull)) {
            series.put("expected", expected);
        }
        return series;
    }

    /** Five significant digits: more than a plot can show. NaN and infinite values become gaps. */
    private static List<@Nullable Double> rounded(double[] values) {
        List<@Nullable Double> rounded = new ArrayList<>();
        for (double value : values) {
            rounded.add(
                    Double.isFinite(value)
                            ? new BigDecimal(value).round(new MathContext(5)).doubleValue()
                            : null);
        }
        return rounded;
    }
}
