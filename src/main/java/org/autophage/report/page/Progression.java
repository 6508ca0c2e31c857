package org.autophage.report.page;

import java.util.ArrayList;
import java.util.List;
import org.autophage.report.format.Prose;
import org.autophage.report.records.RunReading;
import tools.jackson.databind.JsonNode;

/** How far a run has come against what its spec asked for, or why it came no further. */
public final class Progression {
    private Progression() {}

    /** Lines about seeds that are not finished; none where all are. */
    public static List<String> unfinished(RunReading run) {
        List<String> lines = new ArrayList<>();
        int asked = run.spec().path("loop").path("generations").asInt(0);
        for (JsonNode node : run.spec().path("seeds")) {
            long seed = node.asLong();
            int finished = run.seeds().getOrDefault(seed, List.of()).size();
            if (finished < asked) {
                lines.add(run.stopOf(seed)
                        .map(note -> "Seed " + seed + " was " + note.inSentence() + ".")
                        .orElse("In progress: seed " + seed + " has finished " + finished + " of "
                                + Prose.counted(asked, "generation") + "."));
            }
        }
        if (run.specText() == null) {
            lines.add(run.folder().experiment().getFileName() + " is missing: what was asked for is not known.");
        }
        if (run.provenance().isMissingNode()) {
            lines.add(
                    run.folder().provenance().getFileName() + " is missing: versions, device and times are not known.");
        }
        return lines;
    }
}
