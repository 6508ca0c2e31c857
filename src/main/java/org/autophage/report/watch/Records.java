package org.autophage.report.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autophage.report.GenerationRecord;
import org.autophage.report.Metric;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;

/**
 * Records of one seed as columns, for plots.
 *
 * @param generations the rows
 * @param metrics the columns, in reading order
 * @param values a column a metric, by key; null where a generation lacks it
 */
record Records(List<Integer> generations, List<Metric> metrics, Map<String, List<@Nullable Double>> values) {
    /**
     * Reads the records after a generation.
     *
     * @param after 0 for all
     */
    static Records read(SeedFolder seed, int after) throws IOException {
        List<GenerationRecord> records = new ArrayList<>();
        new RecordTail(seed).read(records::clear, record -> {
            if (record.generation() > after) {
                records.add(record);
            }
        });
        Set<String> keys = new LinkedHashSet<>();
        records.forEach(record -> keys.addAll(record.measures().keySet()));
        Map<String, List<@Nullable Double>> values = new LinkedHashMap<>();
        for (String key : keys) {
            List<@Nullable Double> column = new ArrayList<>();
            records.forEach(record -> column.add(record.values().get(key)));
            values.put(key, column);
        }
        return new Records(
                records.stream().map(GenerationRecord::generation).toList(), Metric.inReadingOrder(keys), values);
    }
}
