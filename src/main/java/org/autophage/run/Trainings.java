package org.autophage.run;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.AtomicFiles;
import org.autophage.measure.Measures;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Generation 1 of other seeds of the same experiment, as {@code autophage calibrate} trained them: what a run's early warnings know of
 * training noise beside its own seeds. A file of the records' lines, which a run has of its own, so that whoever reads the run later
 * knows the same.
 *
 * @param records of generation 1, by seed
 */
public record Trainings(List<GenerationRecord> records) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public Trainings {
        records = records.stream()
                .sorted(Comparator.comparingLong(GenerationRecord::seed))
                .toList();
    }

    /** The first generations of all seeds that a run has. */
    public static Trainings of(RunFolder run) {
        return new Trainings(run.seeds().stream()
                .flatMap(seed -> seed.records().stream().limit(1))
                .toList());
    }

    /**
     * From a file; none where there is no file.
     *
     * @throws org.autophage.base.AutophageException with USAGE, naming the line, if it is not what this program writes
     */
    public static Trainings read(Path file) {
        List<String> lines = RecordLines.text(file).lines().toList();
        return new Trainings(IntStream.range(0, lines.size())
                .mapToObj(i -> record(lines.get(i), file + ", line " + (i + 1)))
                .toList());
    }

    private static GenerationRecord record(String line, String place) {
        long seed;
        try {
            seed = JSON.readTree(line).path("seed").asLong(-1);
        } catch (JacksonException e) {
            seed = -1; // refused below, in the words of all records
        }
        return RecordLines.record(line, place, seed, 1);
    }

    /** Writes the file. */
    public void write(Path file) {
        AtomicFiles.writeText(
                file, records.stream().map(record -> record.toJson() + "\n").collect(Collectors.joining()));
    }

    /** These and others; of a seed that both have, the other's. */
    public Trainings with(List<GenerationRecord> others) {
        Map<Long, GenerationRecord> all = new TreeMap<>();
        records.forEach(record -> all.put(record.seed(), record));
        others.forEach(record -> all.put(record.seed(), record));
        return new Trainings(List.copyOf(all.values()));
    }

    /** What was measured, of all seeds but one. */
    public List<Measures> without(long seed) {
        return records.stream()
                .filter(record -> record.seed() != seed)
                .map(GenerationRecord::measures)
                .toList();
    }
}
