package org.autophage.cli;

import java.util.List;
import java.util.Optional;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepRunner.Result;

/**
 * Where the cells of a sweep run: {@code --on NAME}. Options that only it understands are fields of its class, which
 * {@link SweepExecution} then has as a mixin; they are refused where the cells run elsewhere.
 */
interface SweepSite {
    /** What {@code --on} calls it. */
    String name();

    /** Whether cells of this sweep were given to it before, so that the sweep goes on here unless told otherwise. */
    default boolean has(SweepFolder folder) {
        return false;
    }

    /** Whether it can give a GPU several cells at a time. */
    default boolean sharesGpus() {
        return false;
    }

    /**
     * Runs what is not finished.
     *
     * @return a result a cell, in the sweep's order; empty where the cells go on without this process, which has said so
     */
    Optional<List<Result>> run(SweepWork work);
}
