package org.autophage.report.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.run.GenerationRecord;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;

/**
 * Records of one seed as columns, for plots.
 *
 * @param begun tells the records of a run from those of one that was begun anew in its place, see {@link SeedTail}
 * @param generations the rows
 * @param metrics the columns, in reading order
 * @param values a column a metric, by key; null where a generation lacks it
 * @param features the feature extractor of each generation; empty where its record names none
 * @param classifier the independent classifier, likewise
 */
record Records(
        String begun,
        List<Integer> generations,
        List<Column> metrics,
        Map<String, List<@Nullable Double>> values,
        List<String> features,
        List<String> classifier) {
    /**
     * What a column is of.
     *
     * @param measuredBy which of {@code features} and {@code classifier} its numbers depend on; empty for neither
     */
    record Column(String key, String label, String meaning, Metric.Scale scale, String measuredBy) {
        static Column of(Metric metric) {
            return new Column(
                    metric.key(), metric.label(), metric.meaning(), metric.scale(), MetricFormat.measuredBy(metric));
        }
    }

    /**
     * Reads the records after a generation.
     *
     * @param after 0 for all
     */
    static Records read(SeedFolder seed, WatchedFolder watched, int after) throws IOException {
        List<GenerationRecord> all = new ArrayList<>();
        new RecordTail(seed, watched).read(all::clear, all::add);
        List<GenerationRecord> records =
                all.stream().filter(record -> record.generation() > after).toList();
        Set<String> keys = new LinkedHashSet<>();
        records.forEach(record -> keys.addAll(record.measures().numbers().keySet()));
        Map<String, List<@Nullable Double>> values = new LinkedHashMap<>();
        for (String key : keys) {
            List<@Nullable Double> column = new ArrayList<>();
            records.forEach(record -> column.add(record.measures().values().get(key)));
            values.put(key, column);
        }
        return new Records(
                all.isEmpty() ? "" : begun(all.get(0)),
                records.stream().map(GenerationRecord::generation).toList(),
                Metrics.inReadingOrder(keys).stream().map(Column::of).toList(),
                values,
                records.stream().map(GenerationRecord::features).toList(),
                records.stream().map(GenerationRecord::classifier).toList());
    }

    /** What tells runs apart: the figures of their first generation, the seconds that it took among them. */
    static String begun(GenerationRecord first) {
        return Integer.toHexString(first.hashCode());
    }
}
