package org.autophage.experiment;

import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.run.CheckpointStore;
import org.autophage.run.RunFolder;
import org.autophage.run.RunLock;
import org.autophage.run.SweepFolder;
import org.autophage.run.Work;

/**
 * Runs the cells of a sweep one after the other. Cells that are finished are left as they are, so that a sweep killed at
 * any moment goes on where it stopped; a cell that fails does not keep the others from running.
 */
public final class SweepRunner {
    private final String command;
    private final Progress progress;
    private final StopSignal stop;
    private final SweepObserver observer;

    /** What became of a cell in this process. */
    public enum State {
        DONE,
        /** Was finished before. */
        FINISHED,
        FAILED,
        /** Another cell failed first, and the sweep was to end at that. */
        NOT_RUN
    }

    /**
     * A cell and what became of it.
     *
     * @param error why it failed; empty where it did not
     */
    public record Result(SweepCell cell, State state, String error) {}

    /**
     * @param command the command line, for the cells' provenance
     * @param observer is told when there is more to report on, of a cell or of the sweep
     */
    public SweepRunner(String command, Progress progress, StopSignal stop, SweepObserver observer) {
        this.command = command;
        this.progress = progress;
        this.stop = stop;
        this.observer = observer;
    }

    /**
     * Runs a sweep, or goes on with it.
     *
     * @param failFast whether the first cell that fails ends the sweep
     * @return a result a cell, in the sweep's order
     * @throws AutophageException with USAGE, before anything starts, if some cell cannot run or its folder holds another
     *     experiment; with INTERRUPTED if the process was asked to stop
     */
    public List<Result> run(SweepSpec sweep, SweepFolder folder, boolean failFast) {
        List<SweepCell> cells = sweep.cells();
        for (SweepCell cell : cells) {
            ExperimentRunner.recordedSpec(cell.spec(), folder.cell(cell.name()));
            cell.open(new Work(progress, CheckpointStore.NONE, stop));
        }
        try (RunLock lock = folder.lock()) {
            AtomicFiles.writeText(folder.sweep(), sweep.toYaml());
            ReportCadence cadence = new ReportCadence(() -> observer.changed(folder), progress);
            List<Result> results = new ArrayList<>();
            boolean ended = false;
            for (SweepCell cell : cells) {
                String place = "cell %d of %d".formatted(results.size() + 1, cells.size());
                Result result = run(cell, folder.cell(cell.name()), place, ended);
                results.add(result);
                ended |= failFast && result.state() == State.FAILED;
                if (result.state() == State.DONE) {
                    cadence.somethingFinished();
                }
            }
            observer.changed(folder);
            return results;
        }
    }

    private Result run(SweepCell cell, RunFolder run, String place, boolean ended) {
        if (ExperimentRunner.isFinished(cell.spec(), run)) {
            return new Result(cell, State.FINISHED, "");
        }
        if (ended) {
            return new Result(cell, State.NOT_RUN, "");
        }
        progress.message(place + ": " + cell.name());
        try {
            new ExperimentRunner(command, progress.under(place), stop, observer).run(cell.spec(), run);
            return new Result(cell, State.DONE, "");
        } catch (AutophageException e) {
            if (e.exitCode() == ExitCode.INTERRUPTED) {
                throw e;
            }
            return failed(cell, place, e);
        } catch (RuntimeException e) { // of libtorch, which has no memory left, or of a fault in this program
            return failed(cell, place, e);
        }
    }

    private Result failed(SweepCell cell, String place, RuntimeException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String error = e instanceof AutophageException ? reason : e.getClass().getSimpleName() + ": " + reason;
        progress.message(place + " failed: " + error);
        return new Result(cell, State.FAILED, error);
    }
}
