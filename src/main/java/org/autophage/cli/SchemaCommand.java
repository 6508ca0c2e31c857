package org.autophage.cli;

import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.experiment.SpecSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code autophage schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON schema of specs, by which editors complete and check them.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(SpecSchema.generate());
        spec.commandLine().getOut().flush();
        return ExitCode.DONE.code();
    }
}
