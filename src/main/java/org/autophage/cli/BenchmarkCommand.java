package org.autophage.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.experiment.Throughput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code autophage benchmark SPEC}. */
@Command(
        name = "benchmark",
        description = "Times training steps and sampling of a spec's model on its device.",
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments arguments;

    @Option(names = "--steps", paramLabel = "N", description = "Training steps to time (default: ${DEFAULT-VALUE}).")
    private int steps = 20;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (steps < 1) {
            throw AutophageException.usage("--steps is " + steps + ": must be at least 1");
        }
        Throughput measured = Throughput.measure(arguments.open(), steps);
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(measured));
        } else {
            out.printf(
                    "%s on %s, %d threads, %s, batch %d%n",
                    measured.framework(), measured.device(), measured.threads(), measured.samples(), measured.batch());
            out.print(Columns.leftAligned(List.of(
                    List.of("training step", text(measured.millisecondsPerStep()) + " ms (median of " + steps + ")"),
                    List.of("training", text(measured.imagesPerSecond()) + " samples/s"),
                    List.of("sampling", text(measured.samplesPerSecond()) + " samples/s"))));
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
