package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.autophage.collapse.EarlyWarning;
import org.autophage.collapse.Signal;
import org.autophage.collapse.StopNote;
import org.autophage.report.GenerationRecord;
import org.autophage.run.SeedFolder;

/** One seed of a run, followed as its records come. Keeps sums, not records: there may be a thousand generations. */
final class WatchedSeed {
    private final SeedFolder folder;
    private final List<Map<String, Double>> earlierFirsts;
    private final RecordTail tail;
    private EarlyWarning warning;
    private Map<String, Double> first = Map.of();
    private int generation;
    private double seconds;
    private int firstGrid;
    private int newestGrid;
    private FileState stoppedState = FileState.MISSING;
    private String stopped = "";

    /** @param earlierFirsts what was measured of generation 1 of the seeds below this one */
    WatchedSeed(SeedFolder folder, List<Map<String, Double>> earlierFirsts) {
        this.folder = folder;
        this.earlierFirsts = List.copyOf(earlierFirsts);
        this.tail = new RecordTail(folder);
        this.warning = new EarlyWarning(this.earlierFirsts);
    }

    /**
     * Reads what is new.
     *
     * @return whether there were other records than before
     */
    boolean refresh() throws IOException {
        boolean changed = tail.read(this::restart, this::take);
        FileState now = FileState.of(folder.stopped());
        if (!now.equals(stoppedState)) {
            stoppedState = now;
            stopped = StopNote.read(folder.stopped()).map(StopNote::inSentence).orElse("");
        }
        return changed;
    }

    private void restart() {
        warning = new EarlyWarning(earlierFirsts);
        first = Map.of();
        generation = 0;
        seconds = 0;
        firstGrid = 0;
        newestGrid = 0;
    }

    private void take(GenerationRecord record) {
        Map<String, Double> values = record.values();
        if (first.isEmpty()) {
            first = values;
        }
        warning.finished(record.generation(), values);
        generation = record.generation();
        seconds += record.seconds();
        if (Files.exists(folder.generation(generation).grid())) {
            firstGrid = firstGrid == 0 ? generation : firstGrid;
            newestGrid = generation;
        }
    }

    /** What was measured of generation 1; empty before that. */
    Map<String, Double> first() {
        return first;
    }

    int generation() {
        return generation;
    }

    /** Seconds that all finished generations took. */
    double seconds() {
        return seconds;
    }

    boolean isStopped() {
        return !stopped.isEmpty();
    }

    /** When the last generation finished, milliseconds since 1970; 0 before that. */
    long changed() {
        return tail.state().modifiedMillis();
    }

    RunSummary.Seed summary() {
        List<String> warnings = warning.signals().stream()
                .filter(Signal::warns)
                .map(Signal::inSentence)
                .toList();
        return new RunSummary.Seed(folder.seed(), generation, firstGrid, newestGrid, stopped, warnings);
    }
}
