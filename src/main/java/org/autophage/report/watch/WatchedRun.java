package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;
import org.autophage.base.Printable;
import org.autophage.run.Provenance;
import org.autophage.run.Provenance.Session;
import org.autophage.run.RunCheck;
import org.autophage.run.RunFolder;
import org.autophage.run.RunHolder;
import org.autophage.run.RunProgress;
import org.autophage.run.SeedFolder;
import org.autophage.run.Trainings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A run folder that is looked at again and again; files that have not changed are not read again. */
final class WatchedRun {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String id;
    private final RunFolder folder;
    private final WatchedFolder watched;
    private final SortedMap<Long, SeedTail> seeds = new TreeMap<>();
    private FileState specState = FileState.MISSING;
    private JsonNode spec = MissingNode.getInstance();
    private FileState provenanceState = FileState.MISSING;
    private @Nullable Session session;
    private FileState trainingsState = FileState.MISSING;
    private Trainings trainings = new Trainings(List.of());
    /** Whether the folder was not what a run leaves when it was looked at last. */
    private boolean doubtful;

    WatchedRun(String id, RunFolder folder, WatchedFolder watched) {
        this.id = id;
        this.watched = watched;
        this.folder = folder;
    }

    RunFolder folder() {
        return folder;
    }

    /** Looks at the folder; what cannot be read is said in the summary, and ends nothing. */
    RunSummary look() {
        try {
            refresh();
            return summary();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String reason = reason(e);
            return new RunSummary(
                    id,
                    Printable.of(id),
                    RunSummary.State.UNREADABLE,
                    Printable.of(reason),
                    "",
                    null,
                    "",
                    0,
                    List.of(),
                    null,
                    null,
                    "",
                    "",
                    specState.modifiedMillis(),
                    false);
        }
    }

    private static String reason(Throwable failure) {
        String message = failure instanceof FileSystemException refused
                ? DiskErrors.cannotRead(Path.of(refused.getFile()), refused).getMessage()
                : failure.getMessage();
        return message == null
                ? "it cannot be read: " + failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private void refresh() throws IOException {
        boolean changed = doubtful;
        doubtful = true;
        watched.requireInside(folder.experiment());
        watched.requireInside(folder.provenance());
        FileState newSpec = FileState.of(folder.experiment());
        if (!newSpec.equals(specState)) {
            spec = YAML.readTree(PlainFiles.text(folder.experiment()).orElse(""));
            specState = newSpec;
            changed = true;
        }
        FileState newProvenance = FileState.of(folder.provenance());
        if (!newProvenance.equals(provenanceState)) {
            List<Session> sessions = Provenance.read(folder.provenance()).sessions();
            session = sessions.isEmpty() ? null : sessions.get(sessions.size() - 1);
            provenanceState = newProvenance;
            changed = true;
        }
        watched.requireInside(folder.trainings());
        FileState newTrainings = FileState.of(folder.trainings());
        if (!newTrainings.equals(trainingsState)) {
            trainings = Trainings.read(folder.trainings());
            trainingsState = newTrainings;
        }
        Trainings known = trainings;
        List<SeedFolder> begun = folder.seeds();
        seeds.keySet().retainAll(begun.stream().map(SeedFolder::seed).toList());
        for (SeedFolder found : begun) {
            SeedTail seed = seeds.get(found.seed());
            if (seed == null) {
                seed = new SeedTail(found, watched, known.without(found.seed()));
                seeds.put(found.seed(), seed);
            }
            changed |= seed.refresh();
            known = known.with(seed.first().stream().toList());
        }
        if (changed) {
            RunCheck.check(folder);
        }
        doubtful = false;
    }

    private RunSummary summary() {
        boolean works =
                RunHolder.read(folder).filter(holder -> holder.works(folder)).isPresent()
                        && (session == null || session.outcome() == null);
        JsonNode loop = spec.path("loop");
        JsonNode bias = spec.path("sampling").path("bias");
        Session last = session;
        return new RunSummary(
                id,
                Printable.of(id),
                state(works),
                last == null ? "" : shown(last.outcome()),
                shown(loop.path("kind").asString("")),
                bias.isNumber() ? bias.asDouble() : null,
                shown(spec.path("dataset").path("kind").asString("") + ", "
                        + spec.path("model").path("kind").asString("")),
                loop.path("generations").asInt(0),
                seeds.values().stream().map(SeedTail::summary).toList(),
                works ? endsAt() : null,
                works ? work() : null,
                last == null ? "" : shown(last.device()),
                last == null ? "" : shown(last.machine().get("host")),
                Math.max(changed(), provenanceState.modifiedMillis()),
                Files.isRegularFile(folder.report()));
    }

    private @Nullable RunProgress work() {
        return RunProgress.read(folder.progress())
                .map(work -> new RunProgress(
                        shown(work.what()),
                        work.done(),
                        work.total(),
                        shown(work.unit()),
                        shown(work.detail()),
                        work.secondsLeft()))
                .orElse(null);
    }

    /** Files of other versions, and damaged ones, may lack a text. */
    private static String shown(@Nullable String text) {
        return text == null ? "" : Printable.of(text);
    }

    private RunSummary.State state(boolean works) {
        if (works) {
            return RunSummary.State.RUNNING;
        }
        String outcome = session == null ? null : session.outcome();
        boolean allDone = seedsOfSpec() <= seeds.size()
                && seeds.values().stream()
                        .allMatch(seed -> seed.isStopped()
                                || seed.generation()
                                        >= spec.path("loop").path("generations").asInt(0));
        if (allDone) {
            return seeds.values().stream().anyMatch(SeedTail::isStopped)
                    ? RunSummary.State.STOPPED
                    : RunSummary.State.FINISHED;
        }
        return outcome == null || outcome.equals("interrupted") || outcome.equals("done")
                ? RunSummary.State.INTERRUPTED
                : RunSummary.State.FAILED;
    }

    private int seedsOfSpec() {
        return Math.max(1, spec.path("seeds").size());
    }

    private long changed() {
        return seeds.values().stream().mapToLong(SeedTail::changed).max().orElse(0);
    }

    /** The last record's time, and what the missing generations take at the mean of those that there are. */
    private @Nullable Long endsAt() {
        int finished = seeds.values().stream().mapToInt(SeedTail::generation).sum();
        if (finished == 0) {
            return null;
        }
        double seconds = seeds.values().stream().mapToDouble(SeedTail::seconds).sum() / finished;
        int generations = spec.path("loop").path("generations").asInt(0);
        int over = seeds.values().stream()
                .mapToInt(seed -> seed.isStopped() ? generations : Math.min(generations, seed.generation()))
                .sum();
        long left = Math.max(0, (long) generations * seedsOfSpec() - over);
        return changed() + Math.round(1e3 * seconds * left);
    }
}
