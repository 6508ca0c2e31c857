package org.autophage.report.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Printable;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.RecordTable;
import org.autophage.report.format.TextTable;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.SweepKey;
import org.autophage.report.records.SweepRuns;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;

/** The cells of a sweep as tables: one for a page, one for standard output. */
public final class SweepTable {
    private SweepTable() {}

    /**
     * What became of a cell.
     *
     * @param name the cell's
     * @param state in one word
     * @param attempts how often it was begun
     * @param message why it failed; empty where it did not
     */
    public record Outcome(String name, String state, int attempts, String message) {}

    /**
     * Renders a sweep's folder, a line a cell, with a final newline.
     *
     * @param outcomes of all cells, in the sweep's order
     */
    public static String of(Path folder, List<Outcome> outcomes) {
        SweepRuns sweep = SweepRuns.read(folder);
        SweepQuantity quantity = SweepQuantity.of(sweep.cells());
        boolean quarter = hasQuarters(sweep);
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("cell", "state", "attempts"));
        header.addAll(numberHeader(quantity, quarter));
        rows.add(header);
        for (Outcome outcome : outcomes) {
            List<String> row =
                    new ArrayList<>(List.of(outcome.name(), outcome.state(), String.valueOf(outcome.attempts())));
            row.addAll(sweep.cell(outcome.name())
                    .map(found -> numbers(found, quantity, quarter))
                    .orElseGet(() -> numberHeader(quantity, quarter).stream()
                            .map(column -> "-")
                            .toList()));
            rows.add(row);
        }
        return withMessages(TextTable.aligned(2, rows), outcomes);
    }

    /** The table with a last column of any width, where any cell has something to say. */
    private static String withMessages(String table, List<Outcome> outcomes) {
        if (outcomes.stream().allMatch(outcome -> outcome.message().isEmpty())) {
            return table;
        }
        StringBuilder text = new StringBuilder();
        List<String> lines = table.lines().toList();
        text.append(lines.get(0)).append("  message\n");
        for (int i = 0; i < outcomes.size(); i++) {
            text.append((lines.get(i + 1) + "  " + Printable.of(outcomes.get(i).message())).stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    /** The table of a page. */
    static RecordTable of(SweepRuns sweep, SweepQuantity quantity) {
        List<String> header = new ArrayList<>();
        sweep.keys().forEach(key -> header.add(key.label()));
        header.add("state");
        boolean quarter = hasQuarters(sweep);
        header.addAll(numberHeader(quantity, quarter));
        List<List<String>> rows = new ArrayList<>();
        for (SweepRuns.Cell cell : sweep.cells()) {
            List<String> row = new ArrayList<>();
            sweep.keys().forEach(key -> row.add(SweepKey.text(cell.written(key))));
            row.add(cell.state());
            row.addAll(numbers(cell, quantity, quarter));
            rows.add(row);
        }
        return new RecordTable(header, rows);
    }

    /** Whether the last quarter of any loop's generations is more than its last one, so that its mean gets a column. */
    private static boolean hasQuarters(SweepRuns sweep) {
        return sweep.cells().stream().anyMatch(cell -> SweepQuantity.quarter(cell.run()) > 1);
    }

    private static List<String> numberHeader(SweepQuantity quantity, boolean quarter) {
        List<String> header = new ArrayList<>(List.of("generations", quantity.inSentence()));
        if (quarter) {
            header.add(quantity.inSentence() + ", mean of the last quarter");
        }
        if (quantity.perFreshSample()) {
            header.add(Metrics.SQUARED_WASSERSTEIN.inSentence());
        }
        header.add("seconds");
        return header;
    }

    private static List<String> numbers(SweepRuns.Cell cell, SweepQuantity quantity, boolean quarter) {
        Trajectories run = cell.run();
        List<String> numbers = new ArrayList<>();
        numbers.add("" + cell.finishedGenerations());
        numbers.add(text(quantity.metric(), quantity.of(run)));
        if (quarter) {
            numbers.add(text(quantity.metric(), quantity.ofLastQuarter(run)));
        }
        if (quantity.perFreshSample()) {
            numbers.add(text(Metrics.SQUARED_WASSERSTEIN, SweepQuantity.last(run, Metrics.SQUARED_WASSERSTEIN.key())));
        }
        numbers.add(MetricFormat.of(
                Metrics.TRAIN_SECONDS,
                run.run().records().stream()
                        .mapToDouble(GenerationRecord::seconds)
                        .sum()));
        return numbers;
    }

    private static String text(Metric metric, Estimate estimate) {
        return estimate.isPresent() ? MetricFormat.of(metric, estimate) : "-";
    }
}
