package org.autophage.export;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.Provenance;
import org.autophage.run.RunCheck;
import org.autophage.run.RunFolder;

/** What a run was begun with. */
final class RunSpec {
    private RunSpec() {}

    /**
     * The spec of a run.
     *
     * @throws AutophageException (usage) if the folder is not what its run left
     */
    static ExperimentSpec read(RunFolder run) {
        RunCheck.check(run);
        return ExperimentSpec.read(run.experiment(), List.of());
    }

    /**
     * Refuses a dataset that is another than the run's.
     *
     * @throws AutophageException (usage) if its content has changed
     */
    static void requireSame(Dataset dataset, RunFolder run) {
        Provenance.read(run.provenance())
                .hash("dataset")
                .filter(before -> !before.equals(dataset.hash()))
                .ifPresent(before -> {
                    throw AutophageException.usage(
                            "%s: the dataset of this run had the hash %s, and now %s: its samples are no longer those that the run was trained on"
                                    .formatted(run.root(), before, dataset.hash()));
                });
    }
}
