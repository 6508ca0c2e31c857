package org.autophage.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code autophage}: its subcommands, and what they share. */
@Command(
        name = "autophage",
        description =
                "Experiments on self-consuming generative models: train, sample, train on the samples, and measure.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            SweepCommand.class,
            ResumeCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            SchemaCommand.class,
            VerifyCommand.class,
            BenchmarkCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            WatchCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            SetupCommand.class,
            VersionCommand.class,
        },
        footer = {
            "",
            "First steps: @|bold ./autophage run experiments/quickstart.yaml|@",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage or invalid input, 3 device not available, 4 diverged, 130 interrupted."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The command line with its error handling; output goes to the given writers. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Shutdown.exitAfter(() -> execute(out, err, arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine(out, err).execute(arguments);
        } catch (Error e) {
            return Failures.unexpected(e, err);
        }
    }
}
