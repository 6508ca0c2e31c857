package org.autophage.cli;

import java.util.List;
import java.util.function.IntSupplier;
import org.autophage.base.Progress;
import org.autophage.base.Trust;
import org.autophage.report.sweep.SweepReport;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellWorker;
import org.autophage.sweep.SweepObserver;
import org.autophage.sweep.SweepRunner;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;

/**
 * A sweep that is to run, wherever that is.
 *
 * @param jobs how many cells at a time; null where nobody said
 * @param perGpu how many cells share a GPU; null where nobody said
 * @param failFast whether the first cell that fails ends it
 * @param trust which programs that its specs name may run
 */
record SweepWork(
        SweepSpec sweep,
        SweepFolder folder,
        @Nullable Integer jobs,
        @Nullable Integer perGpu,
        boolean failFast,
        Trust trust,
        Progress progress) {
    /** Writes the sweep's report whenever there is more to report on. */
    static final SweepObserver REPORT = changed -> SweepReport.write(changed.root(), changed.report());

    /**
     * Gives the cells to a worker of this process, until all have ended. What no share of a GPU's memory can hold is found
     * before any begins.
     */
    List<Result> shareOut(CellWorker worker, IntSupplier places) {
        SweepSpec checked = perGpu == null ? sweep : sweep.on("gpu/" + perGpu);
        return new SweepRunner(worker, places, progress, Shutdown.signalBeforeCheckpoint(), trust, REPORT)
                .run(checked, folder, failFast);
    }
}
