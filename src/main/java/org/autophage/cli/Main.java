package org.autophage.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
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
        footer = {
            "",
            "First steps: @|bold ./autophage run experiments/quickstart.yaml|@",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage or invalid input, 3 device not available, 4 diverged, 130 interrupted."
        })
public final class Main implements Runnable {
    private static final List<Class<?>> SUBCOMMANDS = List.of(
            RunCommand.class,
            SweepCommand.class,
            ResumeCommand.class,
            ManifestCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            AdviseCommand.class,
            CalibrateCommand.class,
            SchemaCommand.class,
            VerifyCommand.class,
            BenchmarkCommand.class,
            SampleCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            RecordsCommand.class,
            CiteCommand.class,
            WatchCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            SetupCommand.class,
            VersionCommand.class);

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The command line with its error handling; output goes to the given writers. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return commandLine(out, err, name -> true);
    }

    /**
     * The same with some of the subcommands whole. Of the others it knows names and descriptions, for help and
     * suggestions: reading the options of all of them takes longer than starting Java.
     */
    private static CommandLine commandLine(PrintWriter out, PrintWriter err, Predicate<String> whole) {
        CommandLine all = new CommandLine(new Main());
        for (Class<?> subcommand : SUBCOMMANDS) {
            Command described = Objects.requireNonNull(subcommand.getAnnotation(Command.class));
            if (whole.test(described.name())) {
                all.addSubcommand(described.name(), subcommand);
            } else {
                CommandSpec named = CommandSpec.create().name(described.name());
                named.usageMessage().description(described.description());
                all.addSubcommand(described.name(), named);
            }
        }
        WholeNumber.register(all);
        return all.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
    }

    public static void main(String[] arguments) {
        // Progress and libraries write there too; without a locale, as in containers, Java would make é a question
        // mark.
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Shutdown.exitAfter(() -> execute(out, err, arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        // Digits and letters are part of programs, file names and tables, here and in libraries: no place has its own.
        Locale.setDefault(Locale.ROOT);
        try {
            // Before a subcommand there are only options that ask for help; @FILE stands for any arguments.
            boolean anything = Arrays.stream(arguments).anyMatch(argument -> argument.startsWith("@"));
            return commandLine(out, err, name -> anything || arguments.length > 0 && arguments[0].equals(name))
                    .execute(arguments);
        } catch (Error e) {
            return Failures.unexpected(e, err);
        }
    }
}
