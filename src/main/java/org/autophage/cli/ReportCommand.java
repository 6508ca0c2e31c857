package org.autophage.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.report.page.Report;
import org.autophage.report.paper.TableFormat;
import org.autophage.report.plot.Drawing;
import org.autophage.report.sweep.SweepReport;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage report RUN}. */
@Command(
        name = "report",
        description = "Writes the report of a run or a sweep, finished or not, and prints where it is.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The folder of a run or a sweep, or its name below --runs.")
    private String run;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write (default: report.html in that folder; nothing with --table).")
    private @Nullable Path out;

    @Option(
            names = "--table",
            paramLabel = "FORMAT",
            description =
                    "Prints a table of the run for a paper instead: ${COMPLETION-CANDIDATES}; of a sweep, compare has"
                            + " one.")
    private @Nullable TableFormat format;

    @Mixin
    private TableOptions table;

    @Mixin
    private RunsOption runs;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        table.writeFigures(this::figures, spec.commandLine().getErr());
        if (format != null) {
            spec.commandLine().getOut().print(table(format));
            spec.commandLine().getOut().flush();
            if (out == null) {
                return ExitCode.DONE.code();
            }
        }
        List<String> leftOut = new ArrayList<>();
        Path target = writeReport(leftOut);
        (format == null ? spec.commandLine().getOut() : spec.commandLine().getErr())
                .println(Printable.of(format == null ? target.toString() : "page: " + target));
        if (!leftOut.isEmpty()) {
            throw AutophageException.usage("the report leaves out %s: %s"
                    .formatted(leftOut.size() == 1 ? "a cell" : leftOut.size() + " cells", String.join("; ", leftOut)));
        }
        return ExitCode.DONE.code();
    }

    private String table(TableFormat chosen) {
        if (runs.findSweep(run).isPresent()) {
            throw AutophageException.usage(
                    "--table: " + run + " is a sweep; compare " + run + " --table has its loops");
        }
        return chosen.render(Report.table(runs.find(run).root(), table.request()));
    }

    private Map<String, Drawing> figures() {
        return runs.findSweep(run)
                .map(sweep -> SweepReport.figures(sweep.root()))
                .orElseGet(() -> Report.figures(runs.find(run).root(), table.request()));
    }

    private Path writeReport(List<String> leftOut) {
        Optional<SweepFolder> sweep = runs.findSweep(run);
        if (sweep.isPresent()) {
            Path target = out == null ? sweep.get().report() : out;
            leftOut.addAll(SweepReport.write(sweep.get().root(), target));
            return target;
        }
        RunFolder folder = runs.find(run);
        Path target = out == null ? folder.report() : out;
        Report.write(folder.root(), target);
        return target;
    }
}
