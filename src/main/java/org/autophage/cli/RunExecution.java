package org.autophage.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.base.Trust;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.experiment.SharedByCells;
import org.autophage.report.page.GenerationTable;
import org.autophage.report.page.Report;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepCell;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Running into a run folder: progress on standard error, a report, and the records on standard output. */
final class RunExecution {
    @Option(names = "--json", description = "Prints the records as they are in generations.jsonl, instead of a table.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    int run(ExperimentSpec experiment, RunFolder folder, Trust trust) {
        return run(experiment, folder, trust, Optional.empty());
    }

    /** Runs a cell of a sweep. */
    int run(SweepCell cell, SweepFolder sweep, Trust trust) {
        return run(cell.spec(), sweep.cell(cell.name()), trust, Optional.of(new SharedByCells(sweep, cell.name())));
    }

    private int run(ExperimentSpec experiment, RunFolder folder, Trust trust, Optional<SharedByCells> shared) {
        ConsoleProgress progress = ConsoleProgress.standardError();
        new ExperimentRunner(
                        commandLine(command),
                        progress,
                        Shutdown.signalBeforeCheckpoint(),
                        trust,
                        RunExecution::report,
                        shared)
                .run(experiment, folder);
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            for (SeedFolder seed : folder.seeds()) {
                seed.records().stream()
                        .map(GenerationRecord::toJson)
                        .map(Printable::of)
                        .forEach(out::println);
            }
        } else {
            out.print(GenerationTable.of(folder.root()));
        }
        out.flush();
        progress.message("report: " + folder.report());
        return ExitCode.DONE.code();
    }

    /** What a person typed, for provenance. */
    static String commandLine(CommandSpec command) {
        return "autophage "
                + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
    }

    private static void report(RunFolder folder) {
        Report.write(folder.root(), folder.report());
    }
}
