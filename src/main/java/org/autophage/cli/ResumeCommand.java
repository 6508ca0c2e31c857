package org.autophage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code autophage resume RUN}. */
@Command(
        name = "resume",
        description = "Goes on with a run or a sweep where it stopped; what is finished is left as it is.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The folder of a run or a sweep, or its name below --runs.")
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

    @Mixin
    private SweepExecution sweepExecution;

    @Mixin
    private TrustOption trust;

    @Override
    public Integer call() {
        Optional<SweepFolder> sweep = runs.findSweep(run);
        if (sweep.isPresent()) {
            SweepSpec spec = SweepSpec.read(sweep.get().sweep(), overrides);
            return sweepExecution.run(spec, sweep.get(), trust.trust());
        }
        RunFolder folder = runs.find(run);
        sweepExecution.refuseForRun(run);
        return execution.run(ExperimentSpec.read(folder.experiment(), overrides), folder, trust.trust());
    }
}
