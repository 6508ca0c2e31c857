package org.autophage.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Trust;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellWorker;
import org.autophage.sweep.SweepCell;

/**
 * Runs each cell of a sweep in a process of its own: {@code autophage run --plan FOLDER --index I} by the Java that runs
 * here. What breaks one does not break the others. A process watches its standard input, whose other end is here: it ends
 * after a checkpoint when this process closes it, and also when this process is killed.
 */
final class CellProcess implements CellWorker {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 100;

    private final SweepFolder folder;
    private final SweepPlaces places;
    private final Trust trust;
    private final Progress progress;

    CellProcess(SweepFolder folder, SweepPlaces places, Trust trust, Progress progress) {
        this.folder = folder;
        this.places = places;
        this.trust = trust;
        this.progress = progress;
    }

    @Override
    public Ending run(int index, SweepCell cell, int place, StopSignal stop) {
        List<String> command = new ArrayList<>(List.of(
                "run", "--plan", folder.root().toString(), "--index", String.valueOf(index), "--until-input-ends"));
        if (trust.isAll()) {
            command.add(Trust.OPTION);
        }
        command.addAll(places.overrides(place));
        Path log = folder.log(cell.name());
        AtomicFiles.makeFolder(folder.cell(cell.name()).root());
        try (PrintWriter writer = new PrintWriter(
                Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true)) {
            writer.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " autophage " + String.join(" ", command));
            Process process = start(command, place);
            Output output = new Output(process, cell.name() + ": ", writer, progress);
            output.start();
            int exitCode = await(process, stop);
            output.join();
            writer.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " exit code " + exitCode);
            return Ending.of(exitCode, output.last());
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.interrupted();
        }
    }

    private Process start(List<String> command, int place) throws IOException {
        List<String> words = java();
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(places.environment().get(place));
        return builder.start();
    }

    /** What runs another Autophage as this process was started; a command and its arguments come after it. */
    static List<String> java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The options of this process (memory, natives, ...), but not a debugger's or a profiler's, which are for one.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agent"))
                .forEach(words::add);
        words.addAll(List.of("-Dautophage.terminal=false", "-cp", System.getProperty("java.class.path")));
        words.add(Main.class.getName());
        return words;
    }

    /** Waits for the end, which comes after a checkpoint when the process is asked to stop. */
    private static int await(Process process, StopSignal stop) throws InterruptedException, IOException {
        boolean asked = false;
        while (!process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
            if (!asked && stop.requested()) {
                asked = true;
                process.getOutputStream().close();
            }
        }
        return process.exitValue();
    }

    /** What a process says on standard error: goes to its log, and with the cell's name in front to the person. */
    private static final class Output extends Thread {
        private static final String OWN_MESSAGE = "autophage: ";

        private final BufferedReader lines;
        private final String prefix;
        private final PrintWriter log;
        private final Progress progress;
        private volatile String last = "";

        Output(Process process, String prefix, PrintWriter log, Progress progress) {
            super("output of " + prefix);
            this.lines = process.errorReader(StandardCharsets.UTF_8);
            this.prefix = prefix;
            this.log = log;
            this.progress = progress;
        }

        @Override
        public void run() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.println(line);
                    progress.message(prefix + line);
                    last = line.startsWith(OWN_MESSAGE) ? line.substring(OWN_MESSAGE.length()) : line;
                }
            } catch (IOException e) {
                log.println("output ended early: " + e.getMessage());
            }
        }

        /** The last line, which says why where the process failed; to be read after {@link #join}. */
        String last() {
            return last;
        }
    }
}
