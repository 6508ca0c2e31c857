package org.autophage.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.OutOfMemory;
import org.autophage.base.OwnMessage;
import org.autophage.base.Printable;
import org.autophage.experiment.SoftwareVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever went wrong into one line on standard error and an exit code of the contract. */
final class Failures {
    private Failures() {}

    /** A wrong command line: the line, and where to read more. */
    static int usage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(OwnMessage.of(firstLine(e.getMessage())));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE.code();
    }

    /** Anything that a command threw. */
    static int execution(Exception e, CommandLine command, @Nullable ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (e instanceof AutophageException known) {
            err.println(OwnMessage.of(firstLine(known.getMessage())));
            return known.exitCode().code();
        }
        return unexpected(e, err);
    }

    /** What nobody foresaw, errors of the JVM included, which picocli hands through to the caller of execute. */
    static int unexpected(Throwable e, PrintWriter err) {
        Optional<String> memory = OutOfMemory.reason(e);
        if (memory.isPresent()) {
            err.println(OwnMessage.of("out of memory (" + Printable.of(memory.get())
                    + "): make model.batch, sampling.chunk, metrics.samples or the counts of loop smaller, or give Java a"
                    + " larger heap with AUTOPHAGE_JAVA_OPTS=-Xmx16g"));
        } else {
            err.println(OwnMessage.of(describe(e) + writeTrace(e)));
        }
        return ExitCode.FAILED.code();
    }

    private static String describe(Throwable e) {
        String kind = e.getClass().getSimpleName();
        return e.getMessage() == null ? "unexpected " + kind : "unexpected " + kind + ": " + firstLine(e.getMessage());
    }

    private static String writeTrace(Throwable e) {
        try {
            Path log = Files.createTempFile("autophage-error-", ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
                writer.println(
                        "autophage " + SoftwareVersion.current() + ", Java " + System.getProperty("java.version"));
                e.printStackTrace(writer);
            }
            return "; the stack trace is in " + log;
        } catch (IOException unwritable) {
            return "; no stack trace could be written: " + unwritable.getMessage();
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "no message"
                : Printable.of(message.lines().findFirst().orElse(""));
    }
}
