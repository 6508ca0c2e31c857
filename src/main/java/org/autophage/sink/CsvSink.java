package org.autophage.sink;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autophage.base.AtomicFiles;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/**
 * All records of a seed as a table, {@code seed-0/records.csv}, for spreadsheets and data frames (RFC 4180, UTF-8):
 *
 * <pre>
 * seed,generation,metrics/frechetDistance,metrics/recall,…
 * 0,1,31.3,0.953,…
 * </pre>
 *
 * A generation that lacks a number has an empty field. The file is replaced whole.
 */
final class CsvSink implements Sink {
    private static final String END_OF_LINE = "\r\n";

    static final class Opening implements Opener<Boolean> {
        @Override
        public Sink open(Boolean asked, RunFolder run, Progress progress) {
            return new CsvSink();
        }
    }

    @Override
    public void catchUp(SeedFolder seed) {
        List<GenerationRecord> records = seed.records();
        if (records.isEmpty()) {
            return;
        }
        List<Map<String, Double>> rows = records.stream().map(Scalars::of).toList();
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        StringBuilder text = new StringBuilder("seed,generation");
        columns.forEach(column -> text.append(',').append(column)); // names hold neither commas nor quotes
        text.append(END_OF_LINE);
        for (int i = 0; i < rows.size(); i++) {
            List<String> fields = new ArrayList<>();
            fields.add(Long.toString(records.get(i).seed()));
            fields.add(Integer.toString(records.get(i).generation()));
            for (String column : columns) {
                Double value = rows.get(i).get(column);
                fields.add(value == null ? "" : value.toString());
            }
            text.append(String.join(",", fields)).append(END_OF_LINE);
        }
        AtomicFiles.writeText(seed.path().resolve("records.csv"), text.toString());
    }

    @Override
    public void end(ExitCode outcome) {
        // the file is whole after catchUp
    }
}
