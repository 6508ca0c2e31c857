package org.autophage.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the runs of a comparison stand to the first of them.
 *
 * @param generation the last one that every run has finished
 * @param metrics the columns: all but times
 * @param rows one a run
 */
public record Differences(int generation, List<String> metrics, List<Row> rows) {
    /**
     * One run.
     *
     * @param label its name
     * @param seeds how many seeds have the generation
     * @param cells one a metric
     */
    public record Row(String label, int seeds, List<Cell> cells) {}

    /**
     * One number.
     *
     * @param value mean and interval; empty where the run does not have it
     * @param difference to the first run, paired by seed; empty for the first run itself
     * @param excludesZero whether the difference's interval leaves out zero
     */
    public record Cell(String value, String difference, boolean excludesZero) {}

    static Differences of(List<Trajectories> runs, List<String> labels, int generation) {
        List<Metric> metrics = Trajectories.metricsOf(runs).stream()
                .filter(metric -> metric.scale() != Metric.Scale.SECONDS)
                .toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            Trajectories run = runs.get(i);
            List<Cell> cells = new ArrayList<>();
            for (Metric metric : metrics) {
                cells.add(cell(metric, runs.get(0), run, generation));
            }
            int seeds = (int) run.run().records().stream()
                    .filter(record -> record.generation() == generation)
                    .count();
            rows.add(new Row(labels.get(i), seeds, cells));
        }
        return new Differences(generation, metrics.stream().map(Metric::label).toList(), rows);
    }

    private static Cell cell(Metric metric, Trajectories first, Trajectories run, int generation) {
        Estimate estimate = run.estimate(metric.key(), generation);
        if (!estimate.isPresent()) {
            return new Cell("", "", false);
        }
        Estimate difference =
                Estimate.ofPairedChange(first.at(metric.key(), generation), run.at(metric.key(), generation));
        boolean compared = run != first && difference.isPresent();
        return new Cell(
                metric.format(estimate),
                compared ? metric.formatChange(difference, estimate.mean()) : "",
                compared && difference.excludesZero());
    }

    /** The settings that are not the same in all runs: a row a key, its first cell the key, then a cell a run. */
    static RecordTable ofSpecs(List<RunFolder> runs, List<String> labels) {
        List<Map<String, String>> specs =
                runs.stream().map(run -> FlatTree.of(run.spec())).toList();
        Set<String> keys = new LinkedHashSet<>();
        specs.forEach(spec -> keys.addAll(spec.keySet()));
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> values =
                    specs.stream().map(spec -> spec.getOrDefault(key, "")).toList();
            if (Set.copyOf(values).size() > 1) {
                List<String> row = new ArrayList<>(List.of(key));
                row.addAll(values);
                rows.add(row);
            }
        }
        List<String> header = new ArrayList<>(List.of("Setting"));
        header.addAll(labels);
        return new RecordTable(header, rows);
    }
}
