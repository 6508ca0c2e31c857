package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.PlainFiles;

/**
 * The process that took a run's lock last, as its file says. Whether it still works is found without touching the lock:
 * trying to take it, even for a moment, could keep a run from starting.
 *
 * @param process its id
 * @param host where it runs
 */
public record RunHolder(long process, String host) {
    private static final Pattern TEXT = Pattern.compile("process (\\d{1,18}) on (\\S+)\\s*");

    /** progress.json is written every five seconds; some disks are slow. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    /** From then on a process of that id is another one. */
    private static final Duration STALE = Duration.ofMinutes(2);

    static RunHolder ofThisProcess() {
        return new RunHolder(ProcessHandle.current().pid(), Machine.hostName());
    }

    /** What the lock's file says of it, a line. */
    String inFile() {
        return "process " + process + " on " + host + "\n";
    }

    /** Reads run.lock; empty where no process has held the run. */
    public static Optional<RunHolder> read(RunFolder run) {
        try {
            Path file = run.root().resolve(RunLock.FILE);
            Matcher text = TEXT.matcher(PlainFiles.text(file).orElse(""));
            return text.matches()
                    ? Optional.of(new RunHolder(Long.parseLong(text.group(1)), text.group(2)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it works on the run: on this machine, where there is a process of that id; on another one, where
     * progress.json is fresh.
     */
    public boolean works(RunFolder run) {
        Optional<Duration> silence = silence(run);
        if (!host.equals(Machine.hostName())) {
            return silence.filter(time -> time.compareTo(FRESH) < 0).isPresent();
        }
        return ProcessHandle.of(process).isPresent()
                && silence.filter(time -> time.compareTo(STALE) > 0).isEmpty();
    }

    /** How long ago the process said how far it is; empty where it does not say. */
    private static Optional<Duration> silence(RunFolder run) {
        try {
            return Files.exists(run.progress())
                    ? Optional.of(Duration.between(
                            Files.getLastModifiedTime(run.progress()).toInstant(), Instant.now()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
