package org.autophage.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.Identity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage run SPEC}, and one cell of a sweep with {@code autophage run --plan PLAN --index I}. */
@Command(
        name = "run",
        description = {
            "Runs an experiment, or goes on with one that was begun.",
            "The run folder is named after the experiment; an override other than of " + Identity.OPEN_IN_WORDS
                    + ", or of the name itself, extends the name, so that arms of a comparison have folders of their own.",
            "With --plan and --index it runs one cell of a sweep, for batch systems that start a process a cell."
        },
        customSynopsis = {
            "autophage run [--json] [--trust] [--runs=DIR] [--seed=N]... SPEC [KEY=VALUE...]",
            "       autophage run [--json] [--trust] [--runs=DIR] --plan=PLAN --index=I [KEY=VALUE...]"
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "SPEC KEY=VALUE",
            hideParamSyntax = true,
            description = "The spec, such as experiments/quickstart.yaml, and what overrides its keys, such as"
                    + " sampling.bias=0.5 or seeds='[1,2]'.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private SeedOption seeds;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "A spec with a section sweep, or a sweep's folder or its name below --runs.")
    private @Nullable String plan;

    @Option(names = "--index", paramLabel = "I", description = "Which cell of the plan, counted from 0.")
    private @Nullable Integer index;

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description =
                    "Stops after a checkpoint when standard input ends: with the process that holds its other end.")
    private boolean untilInputEnds;

    @Mixin
    private RunsOption runs;

    @Mixin
    private RunExecution execution;

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (untilInputEnds) {
            Shutdown.whenInputEnds();
        }
        if (plan != null && index != null) {
            PlannedCell cell = PlannedCell.find(plan, index, seeds.after(words), runs);
            return execution.run(cell.cell(), cell.sweep(), trust.trust());
        }
        if (plan != null || index != null) {
            throw new ParameterException(command.commandLine(), "--plan PLAN and --index I go together");
        }
        if (words.isEmpty()) {
            throw new ParameterException(command.commandLine(), "Missing required parameter: 'SPEC'");
        }
        ExperimentSpec experiment =
                ExperimentSpec.read(Path.of(words.get(0)), seeds.after(words.subList(1, words.size())));
        return execution.run(experiment, runs.named(experiment.name()), trust.trust());
    }
}
