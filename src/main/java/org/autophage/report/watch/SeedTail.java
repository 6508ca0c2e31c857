package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autophage.base.Printable;
import org.autophage.collapse.EarlyWarning;
import org.autophage.collapse.Signal;
import org.autophage.collapse.StopNote;
import org.autophage.measure.Measures;
import org.autophage.run.GenerationRecord;
import org.autophage.run.SeedFolder;

/** One seed of a run, followed as its records come. Keeps sums, not records: there may be a thousand generations. */
final class SeedTail {
    private final SeedFolder folder;
    private final WatchedFolder watched;
    private final List<Measures> otherFirsts;
    private final RecordTail tail;
    private EarlyWarning warning;
    private Optional<GenerationRecord> first = Optional.empty();
    /** Tells this run from one that is begun anew in its place. */
    private String begun = "";

    private int generation;
    private double seconds;
    private int firstGrid;
    private int newestGrid;
    private String shownAs = "";
    private FileState stoppedState = FileState.MISSING;
    private String stopped = "";

    /** @param otherFirsts what was measured of generation 1 of the seeds below this one, and of those of a calibration */
    SeedTail(SeedFolder folder, WatchedFolder watched, List<Measures> otherFirsts) {
        this.folder = folder;
        this.watched = watched;
        this.otherFirsts = List.copyOf(otherFirsts);
        this.tail = new RecordTail(folder, watched);
        this.warning = new EarlyWarning(this.otherFirsts);
    }

    /**
     * Reads what is new.
     *
     * @return whether there were other records than before
     */
    boolean refresh() throws IOException {
        boolean changed = tail.read(this::restart, this::take);
        watched.requireInside(folder.stopped());
        FileState now = FileState.of(folder.stopped());
        if (!now.equals(stoppedState)) {
            stopped = StopNote.read(folder.stopped()).map(StopNote::inSentence).orElse("");
            stoppedState = now;
        }
        return changed;
    }

    private void restart() {
        warning = new EarlyWarning(otherFirsts);
        first = Optional.empty();
        begun = "";
        generation = 0;
        seconds = 0;
        firstGrid = 0;
        newestGrid = 0;
        shownAs = "";
    }

    private void take(GenerationRecord record) {
        if (first.isEmpty()) {
            first = Optional.of(record);
            begun = Records.begun(record);
        }
        warning.finished(record.generation(), record.measures());
        generation = record.generation();
        seconds += record.seconds();
        Path shown = folder.generation(generation).shown();
        if (Files.isRegularFile(shown)) {
            shownAs = String.valueOf(shown.getFileName());
            firstGrid = firstGrid == 0 ? generation : firstGrid;
            newestGrid = generation;
        }
    }

    /** The record of generation 1; empty before that. */
    Optional<GenerationRecord> first() {
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
                .map(Printable::of)
                .toList();
        return new RunSummary.Seed(
                folder.seed(), begun, generation, firstGrid, newestGrid, shownAs, Printable.of(stopped), warnings);
    }
}
