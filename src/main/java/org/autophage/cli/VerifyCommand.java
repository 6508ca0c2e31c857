package org.autophage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.base.StopSignal;
import org.autophage.program.Device;
import org.autophage.verification.Check;
import org.autophage.verification.Effort;
import org.autophage.verification.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code autophage verify}. */
@Command(
        name = "verify",
        description = {
            "Runs loops whose answers are known, of Gaussians and with --full of autoencoders, and compares.",
            "Figures that are off by more than 4 combined standard errors fail, with exit code 1."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Fewer replicas and shorter loops: about a minute on two cores.")
    private boolean quick;

    @Option(
            names = "--full",
            description = "Loops of networks too, which take hours and go on where they were stopped; needs MNIST.")
    private boolean full;

    @Mixin
    private RunsOption runs;

    @Option(names = "--json", description = "Prints one JSON object a figure, one a line.")
    private boolean json;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "auto, cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        ConsoleProgress progress = ConsoleProgress.standardError();
        long began = System.nanoTime();
        List<Check> checks;
        Effort effort = effort();
        StopSignal stop = effort == Effort.FULL ? Shutdown.signalBeforeCheckpoint() : Shutdown.signal();
        try (Device on = Device.of(device)) {
            checks = Verification.run(on, effort, runs.folder(), progress, stop);
        }
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            JsonMapper mapper = JsonMapper.shared();
            checks.forEach(check -> out.println(Printable.of(mapper.writeValueAsString(check))));
        } else {
            out.print(Columns.leftAligned(table(checks)));
        }
        long failed = checks.stream().filter(check -> !check.passes()).count();
        out.flush();
        progress.message(String.format(
                Locale.ROOT,
                "%d figures, %d failed, %.0f s",
                checks.size(),
                failed,
                (System.nanoTime() - began) / 1e9));
        return (failed == 0 ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private Effort effort() {
        if (quick && full) {
            throw AutophageException.usage("--quick and --full are both given: choose one");
        }
        return quick ? Effort.QUICK : full ? Effort.FULL : Effort.USUAL;
    }

    private static List<List<String>> table(List<Check> checks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("loop", "quantity", "expected", "measured", "off by", "verdict"));
        for (Check check : checks) {
            rows.add(List.of(
                    check.row(),
                    check.quantity(),
                    value(check.expected(), check.expectedError()),
                    value(check.measured(), check.measuredError()),
                    String.format(Locale.ROOT, "%.1f", check.deviation()),
                    check.passes() ? "ok" : "FAILED"));
        }
        return rows;
    }

    private static String value(double value, double error) {
        return error == 0
                ? String.format(Locale.ROOT, "%.5g", value)
                : String.format(Locale.ROOT, "%.5g ± %.2g", value, error);
    }
}
