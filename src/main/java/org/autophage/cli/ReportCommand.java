package org.autophage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.report.Report;
import org.autophage.run.RunFolder;
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
        description = "Writes the report of a run, finished or not, and prints where it is.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run folder, or its name below --runs.")
    private String run;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write (default: report.html in the run folder).")
    private @Nullable Path out;

    @Mixin
    private RunsOption runs;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RunFolder folder = runs.find(run);
        Path target = out == null ? folder.report() : out;
        Report.write(folder.root(), target);
        spec.commandLine().getOut().println(target);
        return ExitCode.DONE.code();
    }
}
