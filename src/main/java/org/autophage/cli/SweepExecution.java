package org.autophage.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autophage.base.ExitCode;
import org.autophage.experiment.SweepObserver;
import org.autophage.experiment.SweepRunner;
import org.autophage.experiment.SweepRunner.Result;
import org.autophage.experiment.SweepRunner.State;
import org.autophage.experiment.SweepSpec;
import org.autophage.report.Report;
import org.autophage.report.SweepReport;
import org.autophage.report.SweepTable;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import picocli.CommandLine.Model.CommandSpec;

/** Running into a sweep's folder: progress on standard error, reports, and a table of all cells on standard output. */
final class SweepExecution {
    private SweepExecution() {}

    /** Runs what is not finished; the exit code says whether any cell failed. */
    static int run(SweepSpec sweep, SweepFolder folder, boolean failFast, CommandSpec command) {
        ConsoleProgress progress = ConsoleProgress.standardError();
        SweepRunner runner =
                new SweepRunner(RunExecution.commandLine(command), progress, Shutdown.signal(), new Reports());
        List<Result> results = runner.run(sweep, folder, failFast);
        Map<String, String> states = new LinkedHashMap<>();
        results.forEach(result -> states.put(result.cell().name(), text(result.state())));
        PrintWriter out = command.commandLine().getOut();
        out.print(SweepTable.of(folder.root(), states));
        results.stream()
                .filter(result -> result.state() == State.FAILED)
                .forEach(result -> out.println(result.cell().name() + " failed: " + result.error()));
        out.flush();
        progress.message("report: " + folder.report());
        boolean failed = results.stream().anyMatch(result -> result.state() == State.FAILED);
        return (failed ? ExitCode.FAILED : ExitCode.DONE).code();
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static final class Reports implements SweepObserver {
        @Override
        public void changed(RunFolder run) {
            Report.write(run.root(), run.report());
        }

        @Override
        public void changed(SweepFolder sweep) {
            SweepReport.write(sweep.root(), sweep.report());
        }
    }
}
