package org.autophage.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Records as rows of text.
 *
 * @param header the columns' names
 * @param rows as many cells as the header has
 */
public record RecordTable(List<String> header, List<List<String>> rows) {
    /** Mean and half-width over the seeds, a row a generation. */
    static RecordTable overSeeds(Trajectories run) {
        List<String> header = new ArrayList<>(List.of("Generation", "Seeds"));
        run.metrics().forEach(metric -> header.add(metric.label()));
        SortedSet<Integer> generations = new TreeSet<>();
        run.run().records().forEach(record -> generations.add(record.generation()));
        List<List<String>> rows = new ArrayList<>();
        for (int generation : generations) {
            long seeds = run.run().records().stream()
                    .filter(record -> record.generation() == generation)
                    .count();
            List<String> row = new ArrayList<>(List.of("" + generation, "" + seeds));
            for (Metric metric : run.metrics()) {
                Estimate estimate = run.estimate(metric.key(), generation);
                row.add(estimate.isPresent() ? metric.format(estimate) : "");
            }
            rows.add(row);
        }
        return new RecordTable(header, rows);
    }

    /** Every record as it is, a row a seed and generation. */
    static RecordTable perSeed(Trajectories run) {
        List<String> header = new ArrayList<>(List.of("Seed", "Generation"));
        run.metrics().forEach(metric -> header.add(metric.label()));
        List<List<String>> rows = new ArrayList<>();
        for (GenerationRecord record : run.run().records()) {
            List<String> row = new ArrayList<>(List.of("" + record.seed(), "" + record.generation()));
            for (Metric metric : run.metrics()) {
                Double value = record.measures().get(metric.key());
                row.add(value == null ? "" : metric.format(value));
            }
            rows.add(row);
        }
        return new RecordTable(header, rows);
    }

    /** All numbers at full precision as CSV (RFC 4180), a line a record of every run. */
    static String csv(List<Trajectories> runs, List<String> labels) {
        List<Metric> metrics = Trajectories.metricsOf(runs);
        StringBuilder csv = new StringBuilder("run,seed,generation,features,samples,fixedReal,freshReal,synthetic");
        metrics.forEach(metric -> csv.append(',').append(quoted(metric.key())));
        csv.append("\r\n");
        for (int i = 0; i < runs.size(); i++) {
            for (GenerationRecord record : runs.get(i).run().records()) {
                Composition set = record.trainingSet();
                csv.append(quoted(labels.get(i)))
                        .append(',')
                        .append(record.seed())
                        .append(',')
                        .append(record.generation())
                        .append(',')
                        .append(quoted(record.features()))
                        .append(',')
                        .append(
                                record.samples().isPresent()
                                        ? "" + record.samples().getAsLong()
                                        : "")
                        .append(
                                set == null
                                        ? ",,,"
                                        : "," + set.fixedReal() + "," + set.freshReal() + "," + set.synthetic());
                for (Metric metric : metrics) {
                    Double value = record.measures().get(metric.key());
                    csv.append(',').append(value == null ? "" : value.toString());
                }
                csv.append("\r\n");
            }
        }
        return csv.toString();
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
