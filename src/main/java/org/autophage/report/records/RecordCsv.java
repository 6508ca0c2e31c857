package org.autophage.report.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.autophage.base.Printable;
import org.autophage.measure.Composition;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.run.GenerationRecord;
import org.jspecify.annotations.Nullable;

/** All numbers of runs at full precision as CSV (RFC 4180), a line a record. */
public final class RecordCsv {
    /** A column: its name, and what a record has for it, or null. */
    private record Column(String name, Function<GenerationRecord, @Nullable Object> value) {
        boolean isEmpty(List<GenerationRecord> records) {
            return records.stream().map(value).allMatch(Objects::isNull);
        }

        String cell(GenerationRecord record) {
            Object found = value.apply(record);
            return found == null ? "" : quoted(found.toString());
        }
    }

    private RecordCsv() {}

    public static String of(List<Trajectories> runs, List<String> labels) {
        List<GenerationRecord> records =
                runs.stream().flatMap(run -> run.run().records().stream()).toList();
        List<Column> columns = new ArrayList<>(List.of(
                new Column("seed", GenerationRecord::seed),
                new Column("generation", GenerationRecord::generation),
                new Column("features", GenerationRecord::features),
                new Column(
                        "samples",
                        record ->
                                record.samples().isPresent() ? record.samples().getAsLong() : null),
                count("fixedReal", Composition::fixedReal),
                count("freshReal", Composition::freshReal),
                count("synthetic", Composition::synthetic)));
        for (Metric metric : Trajectories.metricsOf(runs)) {
            String key = metric.key();
            columns.add(measured(key, key, Measure::value));
            Column error = measured(
                    "standardError." + key,
                    key,
                    measurement -> measurement.hasInterval() ? measurement.standardError() : null);
            Column sampling = new Column("samplingError." + key, record -> {
                OptionalDouble found = record.measures().samplingError(metric);
                return found.isPresent() ? found.getAsDouble() : null;
            });
            Column expected = new Column(
                    "expected." + key, record -> record.measures().expected().get(key));
            Column deviation = new Column(
                    "expectedDeviation." + key,
                    record -> record.measures().expectedDeviations().get(key));
            for (Column added : List.of(error, sampling, expected, deviation)) {
                if (!added.isEmpty(records)) {
                    columns.add(added);
                }
            }
        }
        StringBuilder csv = new StringBuilder("run");
        columns.forEach(column -> csv.append(',').append(quoted(column.name())));
        for (int i = 0; i < runs.size(); i++) {
            String run = quoted(labels.get(i));
            for (GenerationRecord record : runs.get(i).run().records()) {
                csv.append("\r\n").append(run).append(',');
                csv.append(columns.stream().map(column -> column.cell(record)).collect(Collectors.joining(",")));
            }
        }
        return csv.append("\r\n").toString();
    }

    private static Column count(String name, Function<Composition, Integer> count) {
        return new Column(name, record -> record.trainingSet() == null ? null : count.apply(record.trainingSet()));
    }

    private static Column measured(String name, String key, Function<Measure, @Nullable Double> part) {
        return new Column(name, record -> {
            Measure found = record.measures().numbers().get(key);
            return found == null ? null : part.apply(found);
        });
    }

    /** A cell, in quotation marks where it has to be. */
    public static String quoted(String text) {
        String cell = Printable.of(text);
        return cell.matches("[^\",]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
