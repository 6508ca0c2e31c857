package org.autophage.sweep;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.base.OwnMessage;
import org.autophage.base.StopSignal;
import org.autophage.sweep.CellWorker.Ending;

/**
 * A process that runs a cell, wherever it is started. It watches its standard input, whose other end is in the process that
 * started it: it ends after a checkpoint when that one closes it, and also when that one is killed. What breaks it does not
 * break the others. Sent to other machines by Java's serialization, so that paths are text.
 *
 * @param program what is started, an Autophage
 * @param arguments what it is told
 * @param environment what it gets besides that of the process that starts it
 * @param directory where it runs, if that is there; otherwise where the process runs that starts it
 * @param log the file that gets what it says; its folder is made
 */
public record CellProgram(
        List<String> program, List<String> arguments, Map<String, String> environment, String directory, String log)
        implements Serializable {
    /** The variable that says how many threads libtorch computes with. */
    public static final String THREADS = "OMP_NUM_THREADS";

    private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

    public CellProgram {
        program = new ArrayList<>(program); // immutable ones need classes of their own when they are read
        arguments = new ArrayList<>(arguments);
        environment = new HashMap<>(environment);
    }

    /** The same with further arguments and variables. */
    public CellProgram with(List<String> further, Map<String, String> variables) {
        List<String> longer = new ArrayList<>(arguments);
        longer.addAll(further);
        Map<String, String> more = new HashMap<>(environment);
        more.putAll(variables);
        return new CellProgram(program, longer, more, directory, log);
    }

    /**
     * Runs it to its end, which comes after a checkpoint when it is to stop or this thread is interrupted.
     *
     * @param said is told each line that it writes to standard error
     * @throws org.autophage.base.AutophageException FAILED if it cannot be started, or its log not be written
     */
    public Ending run(StopSignal stop, Consumer<String> said) {
        Path file = Path.of(log);
        AtomicFiles.makeFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        try (PrintWriter writer = new PrintWriter(
                Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true)) {
            writer.println(now() + " autophage " + String.join(" ", arguments));
            Process process = start();
            Output output = new Output(process, writer, said);
            output.start();
            boolean interrupted = await(process, stop);
            int exitCode = process.exitValue();
            output.await();
            writer.println(now() + " exit code " + exitCode);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Ending.of(exitCode, output.last());
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(file, e);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        File place = new File(directory);
        if (place.isDirectory()) {
            builder.directory(place);
        }
        return builder.start();
    }

    /** Waits for the end; whether this thread was interrupted meanwhile. */
    private static boolean await(Process process, StopSignal stop) throws IOException {
        boolean asked = false;
        boolean interrupted = false;
        while (process.isAlive()) {
            if (!asked && (interrupted || stop.requested())) {
                asked = true;
                process.getOutputStream().close();
            }
            try {
                process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** What a process says on standard error. */
    private static final class Output extends Thread {
        private final BufferedReader lines;
        private final PrintWriter log;
        private final Consumer<String> said;
        private volatile String last = "";

        Output(Process process, PrintWriter log, Consumer<String> said) {
            super("output of process " + process.pid());
            this.lines = process.errorReader(StandardCharsets.UTF_8);
            this.log = log;
            this.said = said;
        }

        @Override
        public void run() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.println(line);
                    said.accept(line);
                    last = OwnMessage.words(line);
                }
            } catch (IOException e) {
                log.println("output ended early: " + e.getMessage());
            }
        }

        /** Waits until all was read of a process that has ended. */
        void await() {
            boolean interrupted = false;
            while (isAlive()) {
                try {
                    join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** The last line, which says why where the process failed; to be read after {@link #await}. */
        String last() {
            return last;
        }
    }
}
