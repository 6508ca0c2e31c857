package org.autophage.export;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.model.ModelSpec;
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
        requireSame("dataset", dataset.hash(), run, "its samples are no longer those that the run was trained on");
    }

    /**
     * Refuses a program that is another than the one that trained the run's models; nothing where there is none.
     *
     * @throws AutophageException (usage) if its files or its words have changed
     */
    static void requireSame(ModelSpec model, RunFolder run) {
        model.programHash()
                .ifPresent(now ->
                        requireSame("program", now, run, "what it draws would not be the run's; put back what it was"));
    }

    private static void requireSame(String what, String now, RunFolder run, String consequence) {
        Provenance.read(run.provenance()).requireSame(what, now, run.root(), consequence);
    }
}
