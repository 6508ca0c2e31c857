package org.autophage.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepSpec;
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

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (spec.isSweep()) {
            SweepSpec sweep = spec.readSweep();
            Set<List<Object>> built = new HashSet<>();
            for (SweepCell cell : sweep.cells()) {
                ExperimentInputs inputs = cell.open(trust.work());
                if (built.add(List.of(
                        inputs.spec().model(),
                        inputs.spec().sampling(),
                        inputs.spec().dataset()))) {
                    inputs.buildModel();
                }
            }
            print(
                    sweep.toYaml(),
                    "valid, a sweep of %d cells".formatted(sweep.cells().size()));
        } else {
            ExperimentInputs inputs = spec.open(trust);
            inputs.buildModel();
            inputs.remedyCosts()
                    .forEach(cost -> command.commandLine().getErr().println("remedy: " + cost.inSentence()));
            print(inputs.spec().toYaml(), "valid");
        }
        return ExitCode.DONE.code();
    }

    private void print(String yaml, String verdict) {
        command.commandLine().getOut().print(yaml);
        command.commandLine().getOut().flush();
        command.commandLine().getErr().println(verdict);
    }
}
