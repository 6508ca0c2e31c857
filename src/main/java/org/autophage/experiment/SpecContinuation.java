package org.autophage.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.autophage.base.AutophageException;
import org.autophage.run.Identity;
import org.autophage.run.SpecDifference;

/** What becomes of a run's spec when a person asks for the run again. */
final class SpecContinuation {
    private SpecContinuation() {}

    /**
     * The spec that the run folder is to hold from now on: seeds of both, and the larger number of generations.
     *
     * @param recorded what the folder holds
     * @param asked what is asked for now
     * @param folder the run folder, for the message
     * @throws AutophageException with USAGE, naming the key and both values, if the specs do not go together
     */
    static ExperimentSpec merge(ExperimentSpec recorded, ExperimentSpec asked, Path folder) {
        List<SpecDifference> differences = SpecDifference.ofIdentity(recorded.tree(), asked.tree());
        if (!differences.isEmpty()) {
            throw AutophageException.usage(
                    ("%s: %s: only %s may" + " change; give another name with name=…, or move the folder away")
                            .formatted(
                                    folder,
                                    SpecDifference.inSentence(
                                            differences, "%1$s is %3$s, but the run there was begun with %2$s"),
                                    Identity.OPEN_IN_WORDS));
        }
        Set<Long> seeds = new LinkedHashSet<>(recorded.seeds());
        seeds.addAll(asked.seeds());
        int generations = Math.max(recorded.loop().generations(), asked.loop().generations());
        return asked.with("name", recorded.name())
                .with("seeds", new ArrayList<>(seeds))
                .with("loop.generations", generations);
    }
}
