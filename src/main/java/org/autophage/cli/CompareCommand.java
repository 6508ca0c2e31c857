package org.autophage.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.report.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage compare RUN...}. */
@Command(
        name = "compare",
        description = "Writes a page with several runs side by side, and prints where it is.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Run folders, or their names below --runs.")
    private List<String> names;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("comparison.html");

    @Mixin
    private RunsOption runs;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Comparison.write(names.stream().map(name -> runs.find(name).root()).toList(), out);
        spec.commandLine().getOut().println(out);
        return ExitCode.DONE.code();
    }
}
