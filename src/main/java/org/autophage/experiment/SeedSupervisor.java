package org.autophage.experiment;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Progress;
import org.autophage.collapse.Indicator;
import org.autophage.collapse.SeedWatch;
import org.autophage.collapse.StopNote;
import org.autophage.measure.Measures;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.autophage.run.Trainings;

/** One seed of a run with its early warning and its stop rule: says how it stands, and ends it where the rule says so. */
final class SeedSupervisor {
    private final SeedFolder folder;
    private final SeedWatch watch;
    private final int generations;
    private final Progress progress;
    private final Heartbeat heartbeat;
    private Set<Indicator> alarming;
    private boolean over;

    private SeedSupervisor(ExperimentSpec spec, SeedFolder folder, SeedWatch watch, Progress progress) {
        this.folder = folder;
        this.watch = watch;
        this.generations = spec.loop().generations();
        this.progress = progress;
        this.heartbeat = new Heartbeat(progress, generations);
        this.alarming = Set.of();
    }

    /**
     * Takes up a seed from wherever it stands. A note of a rule that the spec no longer has is removed; a rule that the
     * finished generations fulfil ends the loop before another one begins.
     */
    static SeedSupervisor begin(ExperimentSpec spec, RunFolder run, long seed, Progress progress) {
        SeedFolder folder = run.seed(seed);
        SeedWatch watch = new SeedWatch(spec.stop(), otherFirsts(run, seed));
        SeedSupervisor watched = new SeedSupervisor(spec, folder, watch, progress);
        Optional<StopNote> ended = stopOf(spec, folder);
        if (ended.isEmpty()) {
            AtomicFiles.delete(folder.stopped());
        }
        for (GenerationRecord record : folder.records()) {
            watch.finished(record.generation(), record.measures());
        }
        watched.alarming = watch.alarming();
        watched.over = folder.nextGeneration() > watched.generations || watched.ends(ended.or(watch::stop));
        return watched;
    }

    /** The note of a seed that was ended by the rule that the spec has; empty where there is none, or of another rule. */
    static Optional<StopNote> stopOf(ExperimentSpec spec, SeedFolder folder) {
        return StopNote.read(folder.stopped()).filter(note -> note.rule().equals(spec.stop()));
    }

    /** What was measured of generation 1 of the run's seeds below this one, and of those that a calibration has beside them. */
    private static List<Measures> otherFirsts(RunFolder run, long seed) {
        if (!run.exists()) {
            return List.of();
        }
        return Trainings.read(run.trainings())
                .with(run.seeds().stream()
                        .filter(other -> other.seed() < seed)
                        .flatMap(other -> other.records().stream().limit(1))
                        .toList())
                .without(seed);
    }

    /** Whether there is nothing left to do. */
    boolean isOver() {
        return over;
    }

    /**
     * Takes a generation that has finished.
     *
     * @return whether the loop goes on
     */
    boolean finished(GenerationRecord record) {
        Measures measured = record.measures();
        watch.finished(record.generation(), measured);
        Set<Indicator> now = watch.alarming();
        boolean isNew = !alarming.containsAll(now);
        alarming = now;
        heartbeat.generationFinished(record.generation(), () -> watch.describe(measured), isNew);
        over = record.generation() >= generations || ends(watch.stop());
        return !over;
    }

    /** Ends the loop where there is a note: says why, and leaves it in the seed's folder. */
    private boolean ends(Optional<StopNote> note) {
        note.ifPresent(found -> {
            found.write(folder.stopped());
            progress.message(found.inSentence());
        });
        return note.isPresent();
    }
}
