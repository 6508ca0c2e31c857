package org.autophage.cli;

import java.util.concurrent.Callable;
import org.autophage.experiment.SweepSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autophage sweep SPEC}. */
@Command(
        name = "sweep",
        description = {
            "Runs every combination of the values in a spec's section sweep, one after the other.",
            "Each cell is a run folder inside the sweep's. Running it again goes on where it stopped; the exit code is 1"
                    + " if any cell failed."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments arguments;

    @Mixin
    private RunsOption runs;

    @Option(names = "--fail-fast", description = "Ends at the first cell that fails.")
    private boolean failFast;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        SweepSpec sweep = arguments.readSweep();
        return SweepExecution.run(sweep, runs.namedSweep(sweep.name()), failFast, command);
    }
}
