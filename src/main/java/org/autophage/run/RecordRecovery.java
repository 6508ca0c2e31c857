package org.autophage.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;

/**
 * Records that a seed's generations.jsonl lacks while the folders of their generations are there and hold them: those of a
 * process that was killed between the two, and of a file that was emptied, cut or lost. Nothing is deleted or run again for
 * want of a line.
 *
 * @param folder of the seed
 * @param kept the records that generations.jsonl has
 * @param found those that follow, from the folders of their generations
 */
public record RecordRecovery(SeedFolder folder, List<GenerationRecord> kept, List<GenerationRecord> found) {
    /**
     * Looks for records, and changes nothing.
     *
     * @throws AutophageException with USAGE, and what to do, where there is a generation whose record is nowhere
     */
    public static RecordRecovery of(SeedFolder folder) {
        String text = RecordLines.text(folder.generations());
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        String torn = text.isEmpty() || text.endsWith("\n") ? "" : lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        List<GenerationRecord> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (i + 1 == lines.size() && !torn.isEmpty() && isTorn(folder, torn, i + 1)) {
                break;
            }
            kept.add(record(folder, lines.get(i), RecordLines.place(folder, i + 1), i + 1));
            torn = i + 1 == lines.size() ? "" : torn;
        }
        return new RecordRecovery(folder, kept, found(folder, kept.size() + 1, torn));
    }

    /** Whether generations.jsonl lacks anything. */
    public boolean isNeeded() {
        return !found.isEmpty();
    }

    /** Writes generations.jsonl anew, with the records that it lacked. */
    public void apply() {
        if (isNeeded()) {
            List<GenerationRecord> all = new ArrayList<>(kept);
            all.addAll(found);
            folder.write(all);
        }
    }

    /** What was found, for a person. */
    public String inSentence() {
        int first = kept.size() + 1;
        int last = kept.size() + found.size();
        return "%s lacked the %s of %s, which the generations' own folders have: written there again"
                .formatted(
                        folder.generations(),
                        found.size() == 1 ? "record" : "records",
                        first == last ? "generation " + first : "generations %d to %d".formatted(first, last));
    }

    private static boolean isTorn(SeedFolder folder, String line, int generation) {
        try {
            record(folder, line, "", generation);
            return false;
        } catch (AutophageException torn) {
            return true;
        }
    }

    private static GenerationRecord record(SeedFolder folder, String line, String place, int generation) {
        return GenerationRecord.complete(RecordLines.parse(line, place, folder.seed(), generation), place);
    }

    /** @param torn what stands of the first record's line, which ends in the middle; empty where it is missing as a whole */
    private static List<GenerationRecord> found(SeedFolder folder, int next, String torn) {
        List<Integer> beyond =
                folder.folders().stream().filter(number -> number >= next).toList();
        List<GenerationRecord> found = new ArrayList<>();
        for (int generation : beyond) {
            if (generation != next + found.size()) {
                throw AutophageException.usage("%s is there, but neither a record nor a folder of generation %d: %s"
                        .formatted(folder.generation(generation).path(), next + found.size(), remedy(folder, next)));
            }
            Path file = folder.generation(generation).record();
            if (!Files.exists(file)) {
                throw AutophageException.usage("%s is finished, but %s has no record of it: %s"
                        .formatted(file.getParent(), folder.generations(), remedy(folder, generation)));
            }
            String line = RecordLines.text(file).strip();
            found.add(record(folder, line, file.toString(), generation));
            if (generation == next && !line.startsWith(torn)) {
                throw AutophageException.usage("%s is corrupt: it is neither whole nor the beginning of %s; %s"
                        .formatted(RecordLines.place(folder, next), file, remedy(folder, next)));
            }
        }
        if (found.isEmpty() && !torn.isEmpty()) {
            throw AutophageException.usage(
                    "%s is torn, it ends in the middle: put the file back from a copy, or delete that line, and resume runs generation %d again"
                            .formatted(RecordLines.place(folder, next), next));
        }
        return found;
    }

    private static String remedy(SeedFolder folder, int generation) {
        return "put %s back from a copy, or move %s and what follows it away, and resume runs these generations again"
                .formatted(
                        folder.generations().getFileName(),
                        folder.generation(generation).path().getFileName());
    }
}
