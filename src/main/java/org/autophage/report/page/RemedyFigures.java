package org.autophage.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.base.Printable;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.RunReading;
import org.autophage.run.GenerationRecord;

/**
 * What each remedy did in each generation, as it told it: what it was offered and kept, of which origin, what it drew, how strong it was.
 *
 * @param tables one a remedy, by its name: a row a generation, means over the seeds
 */
public record RemedyFigures(Map<String, RecordTable> tables) {
    static RemedyFigures of(RunReading run) {
        Map<String, SortedMap<Integer, Map<String, List<Double>>>> told = new LinkedHashMap<>();
        for (GenerationRecord record : run.records()) {
            record.measures()
                    .remedies()
                    .forEach((remedy, figures) ->
                            figures.forEach((name, number) -> told.computeIfAbsent(remedy, key -> new TreeMap<>())
                                    .computeIfAbsent(record.generation(), key -> new LinkedHashMap<>())
                                    .computeIfAbsent(name, key -> new ArrayList<>())
                                    .add(number)));
        }
        Map<String, RecordTable> tables = new LinkedHashMap<>();
        told.forEach((remedy, generations) -> tables.put(Printable.of(remedy), table(generations)));
        return new RemedyFigures(tables);
    }

    private static RecordTable table(SortedMap<Integer, Map<String, List<Double>>> generations) {
        Set<String> names = new LinkedHashSet<>();
        generations.values().forEach(figures -> names.addAll(figures.keySet()));
        List<String> header = new ArrayList<>(List.of("Generation"));
        names.forEach(name -> header.add(Metrics.of(name).label()));
        List<List<String>> rows = new ArrayList<>();
        generations.forEach((generation, figures) -> {
            List<String> row = new ArrayList<>(List.of("" + generation));
            for (String name : names) {
                List<Double> seeds = figures.getOrDefault(name, List.of());
                row.add(
                        seeds.isEmpty()
                                ? ""
                                : MetricFormat.of(
                                        Metrics.of(name), Estimate.of(seeds).mean()));
            }
            rows.add(row);
        });
        return new RecordTable(header, rows);
    }
}
