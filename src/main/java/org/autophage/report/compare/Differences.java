package org.autophage.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.autophage.measure.Metric;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;

/**
 * How the arms of a comparison stand to the first of them.
 *
 * @param generation the last one that every run has finished
 * @param metrics the columns: all but times
 * @param rows one an arm
 */
public record Differences(int generation, List<Metric> metrics, List<Row> rows) {
    /**
     * One arm.
     *
     * @param label its name
     * @param seeds how many seeds have the generation
     * @param cells one a metric
     */
    public record Row(String label, int seeds, List<Cell> cells) {}

    /**
     * One number.
     *
     * @param metric what it is of
     * @param estimate mean and interval; not present where the arm does not have it
     * @param contrast to the first arm, whose own is not present
     */
    public record Cell(Metric metric, Estimate estimate, Contrast contrast) {
        /** Mean and interval; empty where the arm does not have it. */
        public String value() {
            return estimate.isPresent() ? MetricFormat.of(metric, estimate) : "";
        }

        /** Difference to the first arm; empty for that one itself. */
        public String difference() {
            return contrast.change().isPresent() ? MetricFormat.change(metric, contrast.change(), estimate.mean()) : "";
        }

        /** Whether the difference's interval leaves out zero. */
        public boolean excludesZero() {
            return contrast.change().excludesZero();
        }
    }

    private static final Contrast NONE = new Contrast(Estimate.of(List.of()), true);

    static Differences of(List<Trajectories> arms, List<String> labels, int generation) {
        List<Metric> metrics = Trajectories.metricsOf(arms).stream()
                .filter(metric -> !metric.isCost())
                .toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            Trajectories arm = arms.get(i);
            List<Cell> cells = new ArrayList<>();
            for (Metric metric : metrics) {
                Contrast contrast = i == 0
                        ? NONE
                        : Contrast.of(
                                arms.get(0).at(metric.key(), generation),
                                arm.at(metric.key(), generation),
                                arm.intervals());
                cells.add(new Cell(metric, arm.estimate(metric.key(), generation), contrast));
            }
            int seeds = (int) arm.run().records().stream()
                    .filter(record -> record.generation() == generation)
                    .count();
            rows.add(new Row(labels.get(i), seeds, cells));
        }
        return new Differences(generation, metrics, rows);
    }

    /** "paired by seed", "between independent seeds", or both. */
    public String pairing() {
        List<Boolean> kinds = rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(Cell::contrast)
                .filter(contrast -> contrast.change().isPresent())
                .map(Contrast::paired)
                .distinct()
                .toList();
        return kinds.size() > 1
                ? "paired by seed where arms share seeds, otherwise between independent seeds (Welch)"
                : kinds.contains(false) ? "between independent seeds (Welch)" : "paired by seed";
    }

    /** The settings that are not the same in all arms: a row a key, its first cell the key, then a cell an arm. */
    static RecordTable ofSpecs(List<Arm> arms) {
        Set<String> keys = new LinkedHashSet<>();
        arms.forEach(arm -> keys.addAll(arm.settings()));
        keys.remove("name"); // the folders' names are on the page
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> values = arms.stream().map(arm -> arm.setting(key)).toList();
            if (Set.copyOf(values).size() > 1) {
                List<String> row = new ArrayList<>(List.of(key));
                row.addAll(values);
                rows.add(row);
            }
        }
        List<String> header = new ArrayList<>(List.of("Setting"));
        arms.forEach(arm -> header.add(arm.label()));
        return new RecordTable(header, rows);
    }
}
