package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.autophage.base.FolderLock;
import org.autophage.base.PlainFiles;
import org.autophage.base.ProcessName;

/**
 * The process that took a run's lock last, as its file says. Whether it still works is found without touching the lock:
 * trying to take it, even for a moment, could keep a run from starting.
 */
public record RunHolder(ProcessName process) {
    /** progress.json is written every five seconds; some disks are slow. */
    private static final Duration FRESH = Duration.ofSeconds(20);

    /** From then on a process of that id is another one. */
    private static final Duration STALE = Duration.ofMinutes(2);

    /** Reads run.lock; empty where no process has held the run. */
    public static Optional<RunHolder> read(RunFolder run) {
        try {
            Path file = run.root().resolve(FolderLock.FILE);
            return ProcessName.of(PlainFiles.text(file).orElse("")).map(RunHolder::new);
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
        if (!process.host().equals(ProcessName.thisHost())) {
            return silence.filter(time -> time.compareTo(FRESH) < 0).isPresent();
        }
        return ProcessHandle.of(process.id()).isPresent()
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
