package org.autophage.cli;

import java.util.concurrent.Callable;
import org.autophage.sweep.SweepSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code autophage sweep SPEC}. */
@Command(
        name = "sweep",
        description = {
            "Runs every combination of the values in a spec's section sweep, each in a process of its own: one a GPU at a"
                    + " time, or --jobs N.",
            "Each cell is a run folder inside the sweep's. Running it again goes on where it stopped. A cell that fails is"
                    + " tried once more after the others had their turn; the exit code is 1 if any failed."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments arguments;

    @Mixin
    private RunsOption runs;

    @Mixin
    private SweepExecution execution;

    @Mixin
    private TrustOption trust;

    @Override
    public Integer call() {
        SweepSpec sweep = arguments.readSweep();
        return execution.run(sweep, runs.namedSweep(sweep.name()), trust.trust());
    }
}
