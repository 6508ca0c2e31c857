package org.autophage.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.autophage.base.ExitCode;
import org.autophage.base.Trust;
import org.autophage.report.sweep.SweepReport;
import org.autophage.report.sweep.SweepTable;
import org.autophage.report.sweep.SweepTable.Outcome;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepRunner;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Running into a sweep's folder: progress on standard error, a report, and a table of all cells on standard output. */
final class SweepExecution {
    private static final int MOST_JOBS = 1000;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description =
                    "How many cells of a sweep run at a time, each in a process of its own (default: one a GPU, or"
                            + " one). On the CPU they share the cores, unless OMP_NUM_THREADS is set.")
    private @Nullable Integer jobs;

    @Option(
            names = "--fail-fast",
            description = "Ends a sweep at the first cell that fails; cells that are running stop after a checkpoint.")
    private boolean failFast;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Runs what is not finished; the exit code says whether all is complete. */
    int run(SweepSpec sweep, SweepFolder folder, Trust trust) {
        if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
            throw new ParameterException(
                    command.commandLine(), "--jobs is %d: must be from 1 to %d".formatted(jobs, MOST_JOBS));
        }
        ConsoleProgress progress = ConsoleProgress.standardError();
        SweepPlaces places = SweepPlaces.of(sweep, jobs);
        SweepRunner runner = new SweepRunner(
                new CellProcess(folder, places, trust, progress),
                places.count(),
                progress,
                Shutdown.signalBeforeCheckpoint(),
                trust,
                changed -> SweepReport.write(changed.root(), changed.report()));
        List<Result> results = runner.run(sweep, folder, failFast);
        PrintWriter out = command.commandLine().getOut();
        out.print(SweepTable.of(
                folder.root(), results.stream().map(SweepExecution::outcome).toList()));
        SweepReport.comparison(folder.root()).ifPresent(comparison -> {
            comparison.writePage(folder.comparison());
            out.println();
            out.print(comparison.verdictText());
            progress.message("comparison: " + folder.comparison());
        });
        out.flush();
        progress.message("report: " + folder.report());
        boolean complete = results.stream().allMatch(result -> result.state().isComplete());
        return (complete ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private static Outcome outcome(Result result) {
        String state = result.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Outcome(result.cell().name(), state, result.attempts(), result.message());
    }
}
