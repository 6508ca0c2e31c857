package org.autophage.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cells of a sweep as tables: one for a page, one for standard output. */
public final class SweepTable {
    private static final Metric SECONDS = Metric.of("trainSeconds");

    private SweepTable() {}

    /**
     * Renders a sweep's folder, a line a cell, with a final newline.
     *
     * @param states what became of each cell, by its name, in the sweep's order
     */
    public static String of(Path folder, Map<String, String> states) {
        SweepRuns sweep = SweepRuns.read(folder);
        SweepQuantity quantity = SweepQuantity.of(sweep.cells());
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("cell", "state"));
        header.addAll(numberHeader(quantity));
        rows.add(header);
        states.forEach((name, state) -> {
            Optional<SweepRuns.Cell> cell = sweep.cell(name);
            List<String> row = new ArrayList<>(List.of(name, state));
            row.addAll(cell.map(found -> numbers(found, quantity))
                    .orElseGet(() ->
                            numberHeader(quantity).stream().map(column -> "-").toList()));
            rows.add(row);
        });
        return TextTable.aligned(2, rows);
    }

    /** The table of a page. */
    static RecordTable of(SweepRuns sweep, SweepQuantity quantity) {
        List<String> header = new ArrayList<>();
        sweep.keys().forEach(key -> header.add(key.label()));
        header.add("state");
        header.addAll(numberHeader(quantity));
        List<List<String>> rows = new ArrayList<>();
        for (SweepRuns.Cell cell : sweep.cells()) {
            List<String> row = new ArrayList<>();
            sweep.keys().forEach(key -> row.add(SweepKey.text(cell.value(key))));
            row.add(cell.state());
            row.addAll(numbers(cell, quantity));
            rows.add(row);
        }
        return new RecordTable(header, rows);
    }

    private static List<String> numberHeader(SweepQuantity quantity) {
        List<String> header = new ArrayList<>(List.of("generations", quantity.inSentence()));
        if (quantity.perFreshSample()) {
            header.add(Metric.of(Metric.SQUARED_WASSERSTEIN).inSentence());
        }
        header.add("seconds");
        return header;
    }

    private static List<String> numbers(SweepRuns.Cell cell, SweepQuantity quantity) {
        Trajectories run = cell.run();
        List<String> numbers = new ArrayList<>();
        numbers.add("" + cell.finishedGenerations());
        numbers.add(text(quantity.metric(), quantity.of(run)));
        if (quantity.perFreshSample()) {
            numbers.add(text(
                    Metric.of(Metric.SQUARED_WASSERSTEIN), SweepQuantity.lastQuarter(run, Metric.SQUARED_WASSERSTEIN)));
        }
        numbers.add(SECONDS.format(run.run().records().stream()
                .mapToDouble(GenerationRecord::seconds)
                .sum()));
        return numbers;
    }

    private static String text(Metric metric, Estimate estimate) {
        return estimate.isPresent() ? metric.format(estimate) : "-";
    }
}
