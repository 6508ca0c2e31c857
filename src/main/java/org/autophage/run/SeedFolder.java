package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import tools.jackson.databind.JsonNode;

/**
 * What one seed of a run has produced.
 *
 * <pre>
 * generations.jsonl      one line a finished generation, see {@link GenerationRecord}
 * generation-003/        what the generation left, see {@link GenerationFolder}
 * checkpoint/            state of the unfinished generation, see {@link FileCheckpointStore}
 * stopped.json           that the spec's stop rule ended the loop, and why; only where it did
 * tensorboard/           TensorBoard's event file; only where the spec asks for it
 * mlflow.json            which run of an MLflow server has the records; only where the spec names one
 * </pre>
 *
 * A generation is finished when its folder is there, which holds its record too; generations.jsonl, which has all of them,
 * follows at once, or when a killed run is resumed ({@link RecordRecovery}).
 *
 * @param seed the seed of the run, as in {@code seeds} of the spec
 * @param path the folder
 */
public record SeedFolder(long seed, Path path) {
    /** Names of folders, and with the phase at the end of checkpoints. */
    private static final Pattern GENERATION_NAME = Pattern.compile("generation-(\\d{3,9})(-.*)?");

    /** generations.jsonl. */
    public Path generations() {
        return path.resolve("generations.jsonl");
    }

    /**
     * The folder of a generation, whether it exists or not.
     *
     * @param generation t, counted from 1
     */
    public GenerationFolder generation(int generation) {
        return new GenerationFolder(path.resolve(nameOf(generation)));
    }

    /** What the folder of a generation is called, and what names of its checkpoints begin with. */
    static String nameOf(int generation) {
        return String.format(Locale.ROOT, "generation-%03d", generation);
    }

    /** The generation whose folder has this name; empty where it is no generation's. */
    public static OptionalInt generationOf(String name) {
        Matcher generation = GENERATION_NAME.matcher(name);
        return generation.matches() && generation.group(2) == null
                ? OptionalInt.of(Integer.parseInt(generation.group(1)))
                : OptionalInt.empty();
    }

    /** stopped.json. */
    public Path stopped() {
        return path.resolve("stopped.json");
    }

    /** Where checkpoints of the unfinished generation lie. */
    public Path checkpoint() {
        return path.resolve("checkpoint");
    }

    /**
     * The records of all finished generations: generation 1, 2, … without a gap.
     *
     * @throws AutophageException with USAGE if generations.jsonl is not what this program writes
     */
    public List<GenerationRecord> records() {
        List<JsonNode> lines = RecordLines.lines(this);
        List<GenerationRecord> records = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            records.add(GenerationRecord.complete(lines.get(i), RecordLines.place(this, i + 1)));
        }
        return records;
    }

    /** The generation to work on next: one more than have finished. */
    public int nextGeneration() {
        return records().size() + 1;
    }

    /** Finishes a generation: its record becomes the last line of generations.jsonl, durably and all at once. */
    public void append(GenerationRecord record) {
        List<GenerationRecord> records = new ArrayList<>(records());
        if (record.generation() != records.size() + 1) {
            throw new IllegalArgumentException(
                    "generation " + record.generation() + " cannot follow " + records.size() + " records");
        }
        records.add(record);
        write(records);
    }

    /** Replaces generations.jsonl, durably and all at once. */
    void write(List<GenerationRecord> records) {
        StringBuilder lines = new StringBuilder();
        records.forEach(each -> lines.append(each.toJson()).append('\n'));
        AtomicFiles.writeText(generations(), lines.toString());
    }

    /**
     * Removes what a killed process left: temporary files, and checkpoints of generations that are finished. The folder of
     * a generation is whole whenever it is there, and stays.
     */
    public void removeUnfinished() {
        int next = nextGeneration();
        AtomicFiles.deleteTemporaries(path);
        AtomicFiles.deleteTemporaries(checkpoint());
        for (Path file : generationsIn(checkpoint())) {
            if (generationOf(file) < next) {
                AtomicFiles.delete(file);
            }
        }
    }

    /** The numbers of the generations that have a folder, in order. */
    List<Integer> folders() {
        return generationsIn(path).stream()
                .filter(Files::isDirectory)
                .map(SeedFolder::generationOf)
                .distinct()
                .sorted()
                .toList();
    }

    /** Everything in a folder that belongs to one generation. */
    private static List<Path> generationsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> contents = Files.list(folder)) {
            return contents.filter(each -> GENERATION_NAME
                            .matcher(each.getFileName().toString())
                            .matches())
                    .toList();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
    }

    private static int generationOf(Path file) {
        Matcher name = GENERATION_NAME.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }
}
