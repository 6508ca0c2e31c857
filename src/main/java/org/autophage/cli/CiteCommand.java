package org.autophage.cli;

import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.report.paper.Citation;
import org.autophage.report.records.RunReading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage cite RUN}. */
@Command(
        name = "cite",
        description = {
            "Prints how a run was made as a paragraph of methods, and BibTeX entries of this program and of the papers behind"
                    + " what the run uses by name.",
            "Everything is from the run's folder; what that does not say is left out."
        },
        mixinStandardHelpOptions = true)
final class CiteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The folder of a run, or its name below --runs.")
    private String run;

    @Mixin
    private RunsOption runs;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (runs.findSweep(run).isPresent()) {
            throw AutophageException.usage(run + " is a sweep: cite one of its cells, " + run + "/KEY=VALUE,…");
        }
        spec.commandLine()
                .getOut()
                .print(Citation.of(RunReading.read(runs.find(run).root())));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.code();
    }
}
