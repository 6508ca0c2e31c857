package org.autophage.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.autophage.measure.Basis;
import org.autophage.measure.Metrics;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of generations.jsonl, checked alike wherever they are read: each is the record of the seed's next generation,
 * has the checksum that it says (those of versions before 0.2 say none), and every figure in it is a finite number.
 */
public final class RecordLines {
    /** The keys whose values are text. */
    private static final Set<String> TEXTS = Stream.concat(
                    GenerationRecord.TEXTS.stream(),
                    Arrays.stream(Basis.values()).filter(Basis::isText).map(Basis::key))
            .collect(Collectors.toSet());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RecordLines() {}

    /**
     * Reads all records of a seed, as far as they go; none where there is no file. What goes on with a run asks for
     * {@link SeedFolder#records}.
     *
     * @throws AutophageException with USAGE, naming the line, if it is not what this program writes
     */
    public static List<GenerationRecord> read(SeedFolder folder) {
        return lines(folder).stream().map(GenerationRecord::of).toList();
    }

    /** The lines, each an object. */
    static List<JsonNode> lines(SeedFolder folder) {
        String text = text(folder.generations());
        List<String> lines = text.lines().toList();
        List<JsonNode> records = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                boolean mayBeTorn = i + 1 == lines.size() && !text.endsWith("\n");
                records.add(parse(folder, lines.get(i), i + 1, records.size() + 1, mayBeTorn));
            }
        }
        return records;
    }

    private static JsonNode parse(SeedFolder folder, String line, int number, int generation, boolean mayBeTorn) {
        try {
            return parse(line, place(folder, number), folder.seed(), generation);
        } catch (AutophageException e) {
            if (!mayBeTorn) {
                throw e;
            }
            throw AutophageException.usage(
                    place(folder, number)
                            + " is torn, it ends in the middle: `autophage resume` writes it back from the generation's folder, or says what to do");
        }
    }

    static String place(SeedFolder folder, int line) {
        return folder.generations() + ", line " + line;
    }

    /** A file's text; bytes that are no UTF-8 become what no record has. Empty where there is no file. */
    static String text(Path file) {
        try {
            return PlainFiles.text(file).orElse("");
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    /**
     * Reads one line, as far as it goes.
     *
     * @param place file and line number, for messages
     * @param seed that the file belongs to
     * @param generation that belongs there
     * @throws AutophageException with USAGE if it is not the record of this generation
     */
    public static GenerationRecord record(String line, String place, long seed, int generation) {
        return GenerationRecord.of(parse(line, place, seed, generation));
    }

    /**
     * The object of one line.
     *
     * @param place file and line number, for messages
     * @param seed that the file belongs to
     * @param generation that belongs there
     * @throws AutophageException with USAGE if it is not the record of this generation
     */
    static JsonNode parse(String line, String place, long seed, int generation) {
        JsonNode record;
        try {
            record = JSON.readTree(line);
        } catch (JacksonException e) {
            throw AutophageException.usage("%s is not the JSON record of a generation: %s"
                    .formatted(place, JsonErrors.reason(e).replaceFirst(" \\(line 1\\)$", "")));
        }
        if (!record.isObject()) {
            throw AutophageException.usage(place + " is not the JSON record of a generation: it is no object");
        }
        if (record.has(RecordChecksum.KEY)) {
            RecordChecksum.check(line, place);
        }
        for (Map.Entry<String, JsonNode> entry : record.properties()) {
            checkValue(entry.getKey(), entry.getValue(), place);
        }
        if (whole(record, "generation", place) != generation || whole(record, "seed", place) != seed) {
            throw AutophageException.usage("%s is generation %s of seed %s: generation %d of seed %d belongs there"
                    .formatted(place, record.get("generation"), record.get("seed"), generation, seed));
        }
        return record;
    }

    private static void checkValue(String key, JsonNode value, String place) {
        if (TEXTS.contains(Metrics.onFirstFeatures(key))) {
            require(value.isString(), key, value, "text", place);
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> inner : value.properties()) {
                checkValue(key + "." + inner.getKey(), inner.getValue(), place);
            }
        } else {
            require(value.isNumber() && Double.isFinite(value.asDouble()), key, value, "a number", place);
        }
    }

    private static long whole(JsonNode record, String key, String place) {
        JsonNode value = record.path(key);
        require(value.isIntegralNumber() && value.canConvertToLong(), key, value, "a whole number", place);
        return value.asLong();
    }

    private static void require(boolean right, String key, JsonNode value, String expected, String place) {
        if (!right) {
            throw AutophageException.usage("%s is not the record of a generation: %s is %s, not %s"
                    .formatted(place, key, value.isMissingNode() ? "missing" : value, expected));
        }
    }
}
