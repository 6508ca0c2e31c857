package org.autophage.cli;

import java.util.concurrent.Callable;
import org.autophage.experiment.ExperimentSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code autophage run SPEC}. */
@Command(
        name = "run",
        description = {
            "Runs an experiment, or goes on with one that was begun.",
            "The run folder is named after the experiment; an override other than of seeds, loop.generations, device,"
                    + " keep, stop and name extends the name, so that arms of a comparison have folders of their own."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments spec;

    @Mixin
    private RunsOption runs;

    @Mixin
    private RunExecution execution;

    @Override
    public Integer call() {
        ExperimentSpec experiment = spec.read();
        return execution.run(experiment, runs.named(experiment.name()));
    }
}
