package org.autophage.run;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a run folder holds what its own processes wrote: what {@code resume}, {@code report}, {@code compare} and
 * {@code watch} ask before they believe it. The spec is the one that the run was begun with, each seed's records follow each
 * other without a gap, belong to this seed and this experiment, and are not another seed's.
 */
public final class RunCheck {
    private RunCheck() {}

    /**
     * Checks a run folder.
     *
     * @throws AutophageException with USAGE, saying what is wrong where, and what to do
     */
    public static void check(RunFolder run) {
        Provenance provenance = Provenance.read(run.provenance());
        List<SeedFolder> seeds = run.seeds();
        if (run.exists()) {
            RecordedSpec.check(run, provenance);
            checkSeeds(seeds, RecordedSpec.read(run).path("seeds"), run);
        }
        Map<String, SeedFolder> holders = new HashMap<>();
        for (SeedFolder seed : seeds) {
            List<GenerationRecord> records = RecordLines.read(seed);
            checkExperiment(seed, records, provenance);
            checkComplete(seed, records.size(), run);
            if (!records.isEmpty()) {
                refuseCopy(seed, holders.put(records.get(0).figures(), seed));
            }
        }
    }

    private static void checkSeeds(List<SeedFolder> seeds, JsonNode asked, RunFolder run) {
        Set<Long> known = asked.valueStream()
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::asLong)
                .collect(Collectors.toCollection(TreeSet::new));
        for (SeedFolder seed : seeds) {
            if (!known.isEmpty() && !known.contains(seed.seed())) {
                throw AutophageException.usage("%s is none of the run's seeds, %s says %s: move it away"
                        .formatted(seed.path(), run.experiment(), known));
            }
        }
    }

    /** Records say which experiment they are of. */
    private static void checkExperiment(SeedFolder seed, List<GenerationRecord> records, Provenance provenance) {
        Set<String> known = provenance.specs().stream().map(RecordedSpec::hash).collect(Collectors.toSet());
        for (int i = 0; i < records.size(); i++) {
            String hash = records.get(i).experiment();
            if (!hash.isEmpty() && !known.isEmpty() && !known.contains(hash)) {
                throw AutophageException.usage(
                        "%s is of another experiment (%s; this run's is %s): put the records of this run back from a copy, or move %s away"
                                .formatted(
                                        RecordLines.place(seed, i + 1), hash, String.join(", ", known), seed.path()));
            }
        }
    }

    /** A process that works on the run writes a generation's folder a moment before its record. */
    private static void checkComplete(SeedFolder seed, int records, RunFolder run) {
        int finished = seed.folders().stream().mapToInt(Integer::intValue).max().orElse(0);
        boolean works = Files.exists(run.progress()) // which a process that works on the run leaves nowhere else
                && RunHolder.read(run).filter(holder -> holder.works(run)).isPresent();
        if (finished > records + (works ? 1 : 0)) {
            throw AutophageException.usage(
                    "%s is finished, but %s has only %d records: `autophage resume %s` writes back what the generations' folders hold"
                            .formatted(seed.generation(finished).path(), seed.generations(), records, run.root()));
        }
    }

    private static void refuseCopy(SeedFolder seed, @Nullable SeedFolder other) {
        if (other != null) {
            throw AutophageException.usage("%s has the very figures of %s: a copy is no second seed, move it away"
                    .formatted(seed.path(), other.path()));
        }
    }
}
