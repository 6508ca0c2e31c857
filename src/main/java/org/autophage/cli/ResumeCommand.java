package org.autophage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code autophage resume RUN}. */
@Command(
        name = "resume",
        description = "Goes on with a run where it stopped; a run that is finished is left as it is.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "The run folder, or its name below --runs.")
    private String run;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "More of the same: seeds='[3,4]', loop.generations=8, or another device.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private RunsOption runs;

    @Mixin
    private RunExecution execution;

    @Override
    public Integer call() {
        RunFolder folder = runs.find(run);
        return execution.run(ExperimentSpec.read(folder.experiment(), overrides), folder);
    }
}
