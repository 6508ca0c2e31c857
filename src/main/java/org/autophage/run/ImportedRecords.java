package org.autophage.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.FolderLock;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.autophage.measure.Metrics;
import org.autophage.table.CsvReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures that another program measured of every generation, as a run that has records and nothing else: a table (CSV with a line of
 * names) or lines of JSON, of which {@code generation} is the number of a generation and {@code seed}, where it is there, that of a seed.
 *
 * @param file .csv, .tsv or .jsonl
 * @param first number of the first generation in it
 * @param renamed what a column is as a record's key, such as an FD by {@link Metrics#FRECHET_DISTANCE}
 */
public record ImportedRecords(Path file, int first, Map<String, String> renamed) {
    /** What a run's spec has of them, and no other run's has. */
    static final String KEY = "imported";

    private static final String GENERATION = "generation";
    private static final String SEED = "seed";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What columns of these names are, unless a person says otherwise. */
    private static final Map<String, String> USUAL =
            Map.of("fid", Metrics.FRECHET_DISTANCE.key(), "kid", Metrics.KERNEL_DISTANCE.key());

    /** Whether a file is one of records, by its name. */
    public static boolean is(Path file) {
        return Files.isRegularFile(file) && file.toString().matches(".*\\.(csv|tsv|jsonl)");
    }

    /**
     * Makes the run.
     *
     * @param run does not exist
     * @throws AutophageException (usage) naming line and column if a figure is no number, a generation is missing or comes twice, a
     *     renamed column has no figure, or the run is there
     */
    public void into(RunFolder run) {
        if (Files.exists(run.root())) {
            throw AutophageException.usage(
                    "%s is there already: give another name with --name, or move it away".formatted(run.root()));
        }
        TreeMap<Long, TreeMap<Integer, ObjectNode>> seeds = new TreeMap<>();
        List<Row> rows = rows();
        checkRenamed(rows);
        for (Row row : rows) {
            put(row, seeds);
        }
        if (seeds.isEmpty()) {
            throw AutophageException.usage("%s has no row: must have one a generation".formatted(file));
        }
        Map<Long, List<GenerationRecord>> records = new LinkedHashMap<>();
        seeds.forEach((seed, generations) -> records.put(seed, complete(seed, generations)));
        try (FolderLock lock = run.lock()) {
            records.forEach((seed, all) -> run.seed(seed).write(all));
            ObjectNode spec = JSON.createObjectNode();
            spec.put("name", run.name());
            spec.set("seeds", JSON.valueToTree(records.keySet()));
            spec.putObject(KEY).put("records", file.toString());
            AtomicFiles.writeText(run.experiment(), spec.toPrettyString() + "\n"); // JSON is YAML
        }
    }

    /**
     * A line.
     *
     * @param place file and line, for messages
     * @param values those that are not empty, by the column's name
     */
    private record Row(String place, Map<String, JsonNode> values) {}

    private List<Row> rows() {
        try {
            PlainFiles.regular(file);
            return file.toString().endsWith(".jsonl") ? ofJson() : ofTable();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    private List<Row> ofTable() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                CsvReader csv = new CsvReader(in, file.toString())) {
            for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
                Map<String, JsonNode> values = new LinkedHashMap<>();
                for (int i = 0; i < csv.names().size(); i++) {
                    String text = row.get().get(i).strip();
                    if (!text.isEmpty()) {
                        values.put(csv.names().get(i).strip(), number(text));
                    }
                }
                rows.add(new Row("%s, line %d".formatted(file, csv.line()), values));
            }
        }
        return rows;
    }

    /** The number that a text is, and the text where it is none. */
    private static JsonNode number(String text) {
        try {
            double value = Double.parseDouble(text);
            return text.matches("-?\\d{1,18}") ? JSON.valueToTree(Long.valueOf(text)) : JSON.valueToTree(value);
        } catch (NumberFormatException e) {
            return JSON.valueToTree(text);
        }
    }

    private List<Row> ofJson() throws IOException {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : PlainFiles.text(file).orElse("").lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String place = "%s, line %d".formatted(file, number);
            Map<String, JsonNode> values = new LinkedHashMap<>();
            try {
                JSON.readTree(line)
                        .propertyStream()
                        .filter(entry -> !entry.getValue().isNull())
                        .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            } catch (JacksonException e) {
                throw AutophageException.usage("%s is no JSON: %s".formatted(place, JsonErrors.reason(e)));
            }
            rows.add(new Row(place, values));
        }
        return rows;
    }

    private void put(Row row, TreeMap<Long, TreeMap<Integer, ObjectNode>> seeds) {
        ObjectNode record = JSON.createObjectNode();
        long generation = whole(row, GENERATION, null) - first + 1;
        long seed = whole(row, SEED, 0L);
        if (generation < 1 || generation > Integer.MAX_VALUE) {
            throw AutophageException.usage("%s is generation %d: the first is %d, or what --first says"
                    .formatted(row.place, generation + first - 1, first));
        }
        record.put(GENERATION, generation);
        record.put(SEED, seed);
        row.values.forEach((column, value) -> {
            String key = key(column);
            if (key.equals(GENERATION) || key.equals(SEED)) {
                return;
            }
            if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
                throw AutophageException.usage(
                        "%s: %s is %s: must be a finite number, or empty".formatted(row.place, column, value));
            }
            if (record.has(key)) {
                throw AutophageException.usage("%s: two columns are %s".formatted(row.place, key));
            }
            record.set(key, value);
        });
        TreeMap<Integer, ObjectNode> generations = seeds.computeIfAbsent(seed, each -> new TreeMap<>());
        if (generations.put((int) generation, record) != null) {
            throw AutophageException.usage("%s is generation %d of seed %d once more: each comes once"
                    .formatted(row.place, generation + first - 1, seed));
        }
    }

    /** A column that is named and is nowhere is misspelt: without it its figures would be under another key. */
    private void checkRenamed(List<Row> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.values.keySet()));
        for (String column : renamed.keySet()) {
            if (!rows.isEmpty() && !columns.contains(column)) {
                throw AutophageException.usage("%s has no figure of %s, which --column %2$s=%s says: it has %s"
                        .formatted(file, column, renamed.get(column), String.join(", ", columns)));
            }
        }
    }

    private String key(String column) {
        return renamed.getOrDefault(column, USUAL.getOrDefault(column, column));
    }

    /** @param otherwise what a row has that does not say; null where it must */
    private long whole(Row row, String key, @Nullable Long otherwise) {
        Optional<Map.Entry<String, JsonNode>> found = row.values.entrySet().stream()
                .filter(entry -> key(entry.getKey()).equals(key))
                .findFirst();
        if (found.isEmpty() && otherwise != null) {
            return otherwise;
        }
        JsonNode value = found.map(Map.Entry::getValue)
                .orElseThrow(() ->
                        AutophageException.usage("%s says no %s: it has %s; --column NAME=%2$s says which column it is"
                                .formatted(row.place, key, row.values.keySet())));
        if (!value.isIntegralNumber() || value.asLong(-1) < 0) {
            throw AutophageException.usage(
                    "%s: %s is %s: must be a whole number of at least 0".formatted(row.place, key, value));
        }
        return value.asLong();
    }

    private List<GenerationRecord> complete(long seed, TreeMap<Integer, ObjectNode> generations) {
        List<GenerationRecord> records = new ArrayList<>();
        for (ObjectNode record : generations.values()) {
            int expected = records.size() + 1;
            int found = record.path(GENERATION).asInt();
            if (found != expected) {
                throw AutophageException.usage("%s has generation %d of seed %d where %d comes: %s"
                        .formatted(
                                file,
                                found + first - 1,
                                seed,
                                expected + first - 1,
                                expected == 1 ? "--first says which number is the first" : "none may be missing"));
            }
            records.add(RecordLines.record(record.toString(), file.toString(), seed, found));
        }
        return records;
    }
}
