package org.autophage.cli;

import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code autophage validate SPEC}. */
@Command(
        name = "validate",
        description = "Says whether a spec can run, and prints it with every default written out; starts nothing.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments spec;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        ExperimentSpec experiment = spec.read();
        ExperimentInputs.open(experiment);
        command.commandLine().getOut().print(experiment.toYaml());
        command.commandLine().getOut().flush();
        command.commandLine().getErr().println("valid");
        return ExitCode.DONE.code();
    }
}
