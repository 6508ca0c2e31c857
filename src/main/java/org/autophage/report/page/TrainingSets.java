package org.autophage.report.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.autophage.base.PlainFiles;
import org.autophage.measure.Composition;
import org.autophage.report.format.Prose;
import org.autophage.report.records.RunReading;
import org.autophage.run.GenerationRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each generation was trained on, as bars on one scale.
 *
 * @param bars one a stretch of generations with as many samples of each origin, of the first seed that has them
 */
public record TrainingSets(List<Bar> bars) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The training sets of neighbouring generations that are composed alike.
     *
     * @param first generation, from 1
     * @param last generation; the same for a single one
     * @param set its composition
     * @param largest samples in the largest set of the run, the full width
     */
    public record Bar(int first, int last, Composition set, long largest) {
        /** "Generation 1", "Generations 2–5". */
        public String title() {
            return first == last ? "Generation " + first : "Generations " + generations();
        }

        /** "1", "2–5". */
        public String generations() {
            return first == last ? "" + first : first + "–" + last;
        }

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
    static TrainingSets of(RunReading run, List<String> missing) {
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
        sets.forEach((generation, set) -> {
            Bar before = bars.isEmpty() ? null : bars.get(bars.size() - 1);
            if (before != null
                    && before.last() == generation - 1
                    && before.set().equals(set)) {
                bars.set(bars.size() - 1, new Bar(before.first(), generation, set, largest));
            } else {
                bars.add(new Bar(generation, generation, set, largest));
            }
        });
        return new TrainingSets(bars);
    }

    private static @Nullable Composition compositionOf(RunReading run, GenerationRecord record) {
        if (record.trainingSet() != null) {
            return record.trainingSet();
        }
        Path file = run.generationFolder(record.seed(), record.generation()).trainingSet();
        if (!PlainFiles.isThere(file)) {
            return null;
        }
        try {
            return Composition.read(JSON.readTree(RunReading.text(file)));
        } catch (JacksonException e) {
            throw RunReading.corrupt(file, e);
        }
    }
}
