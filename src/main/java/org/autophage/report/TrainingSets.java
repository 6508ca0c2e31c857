package org.autophage.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each generation was trained on, as bars on one scale.
 *
 * @param bars one a generation, of the first seed that has it
 */
public record TrainingSets(List<Bar> bars) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One generation's training set.
     *
     * @param generation from 1
     * @param set its composition
     * @param largest images in the largest set of the run, the full width
     * @param asBefore whether the generation before had as many images of each origin
     */
    public record Bar(int generation, Composition set, long largest, boolean asBefore) {
        /** The width of a part in percent of the page's bar. */
        public String width(long count) {
            return String.format(Locale.ROOT, "%.3f%%", 100.0 * count / Math.max(1, largest));
        }

        /** The composition in words. */
        public String description() {
            List<String> parts = new ArrayList<>();
            addPart(parts, set.fixedReal(), "fixed real");
            addPart(parts, set.freshReal(), "fresh real");
            addPart(parts, set.synthetic(), "synthetic");
            return String.join(", ", parts);
        }

        private static void addPart(List<String> parts, long count, String origin) {
            if (count > 0) {
                parts.add(Prose.count(count) + " " + origin);
            }
        }
    }

    /** Reads the compositions from the records, or from {@code training-set.json} where a record has none. */
    static TrainingSets of(RunFolder run, List<String> missing) {
        SortedMap<Integer, Composition> sets = new TreeMap<>();
        SortedSet<Integer> absent = new TreeSet<>();
        for (GenerationRecord record : run.records()) {
            Composition set = sets.containsKey(record.generation()) ? null : compositionOf(run, record);
            if (set != null) {
                sets.put(record.generation(), set);
            } else {
                absent.add(record.generation());
            }
        }
        absent.removeAll(sets.keySet());
        if (!absent.isEmpty()) {
            missing.add("The training set's composition of generation " + Prose.ranges(absent) + " is not recorded.");
        }
        long largest =
                sets.values().stream().mapToLong(Composition::total).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        sets.forEach(
                (generation, set) -> bars.add(new Bar(generation, set, largest, set.equals(sets.get(generation - 1)))));
        return new TrainingSets(bars);
    }

    private static @Nullable Composition compositionOf(RunFolder run, GenerationRecord record) {
        if (record.trainingSet() != null) {
            return record.trainingSet();
        }
        Path file = run.generationFolder(record.seed(), record.generation()).resolve("training-set.json");
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Composition.of(JSON.readTree(RunFolder.text(file)));
        } catch (JacksonException e) {
            throw RunFolder.corrupt(file, e.getLocation().getLineNr(), e.getOriginalMessage());
        }
    }
}
