package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.base.AutophageException;
import org.autophage.run.Provenance;
import org.autophage.run.Provenance.Session;
import org.autophage.run.RunCheck;
import org.autophage.run.RunFolder;
import org.autophage.run.RunHolder;
import org.autophage.run.RunProgress;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A run folder that is looked at again and again; files that have not changed are not read again. */
final class WatchedRun {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String id;
    private final RunFolder folder;
    private final SortedMap<Long, WatchedSeed> seeds = new TreeMap<>();
    private FileState specState = FileState.MISSING;
    private JsonNode spec = MissingNode.getInstance();
    private FileState provenanceState = FileState.MISSING;
    private @Nullable Session session;
    /** Whether the folder was not what a run leaves when it was looked at last. */
    private boolean doubtful;

    WatchedRun(String id, RunFolder folder) {
        this.id = id;
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
        } catch (IOException | JacksonException | AutophageException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new RunSummary(
                    id,
                    RunSummary.State.UNREADABLE,
                    reason,
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

    private void refresh() throws IOException {
        boolean changed = doubtful;
        doubtful = true;
        FileState newSpec = FileState.of(folder.experiment());
        if (!newSpec.equals(specState)) {
            spec = YAML.readTree(Files.readString(folder.experiment()));
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
        List<Map<String, Double>> firsts = new ArrayList<>();
        List<SeedFolder> begun = folder.seeds();
        seeds.keySet().retainAll(begun.stream().map(SeedFolder::seed).toList());
        for (SeedFolder found : begun) {
            WatchedSeed seed = seeds.get(found.seed());
            if (seed == null) {
                seed = new WatchedSeed(found, firsts);
                seeds.put(found.seed(), seed);
            }
            changed |= seed.refresh();
            if (!seed.first().isEmpty()) {
                firsts.add(seed.first());
            }
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
                state(works),
                last == null || last.outcome() == null ? "" : last.outcome(),
                loop.path("kind").asString(""),
                bias.isNumber() ? bias.asDouble() : null,
                spec.path("dataset").path("kind").asString("") + ", "
                        + spec.path("model").path("kind").asString(""),
                loop.path("generations").asInt(0),
                seeds.values().stream().map(WatchedSeed::summary).toList(),
                works ? endsAt() : null,
                works ? RunProgress.read(folder.progress()).orElse(null) : null,
                last == null ? "" : last.device(),
                last == null ? "" : last.machine().getOrDefault("host", ""),
                Math.max(changed(), provenanceState.modifiedMillis()),
                Files.exists(folder.report()));
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
            return seeds.values().stream().anyMatch(WatchedSeed::isStopped)
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
        return seeds.values().stream().mapToLong(WatchedSeed::changed).max().orElse(0);
    }

    /** The last record's time, and what the missing generations take at the mean of those that there are. */
    private @Nullable Long endsAt() {
        int finished = seeds.values().stream().mapToInt(WatchedSeed::generation).sum();
        if (finished == 0) {
            return null;
        }
        double seconds =
                seeds.values().stream().mapToDouble(WatchedSeed::seconds).sum() / finished;
        int generations = spec.path("loop").path("generations").asInt(0);
        int over = seeds.values().stream()
                .mapToInt(seed -> seed.isStopped() ? generations : Math.min(generations, seed.generation()))
                .sum();
        long left = Math.max(0, (long) generations * seedsOfSpec() - over);
        return changed() + Math.round(1e3 * seconds * left);
    }
}
