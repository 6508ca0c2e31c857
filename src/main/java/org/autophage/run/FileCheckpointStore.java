package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.CheckpointStore;
import org.autophage.base.PlainFiles;

/**
 * Checkpoints of one generation as files of a folder: one a phase, such as {@code generation-003-train}, and beside it
 * {@code generation-003-train.seconds}, the wall time that it took to get there.
 */
public final class FileCheckpointStore implements CheckpointStore {
    /** How much work a killed process may lose unless the user says otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

    private final Path folder;
    private final int generation;
    private final Duration interval;
    private long lastNanos = System.nanoTime();
    /** When this process began a phase, and how long earlier ones had worked on it. */
    private final Map<String, Long> begun = new HashMap<>();

    private final Map<String, Double> earlier = new HashMap<>();

    /**
     * @param folder where the files lie; made with the first of them
     * @param generation t; checkpoints of other generations are not seen
     * @param interval time from one checkpoint to the next; zero makes one due at every step
     */
    public FileCheckpointStore(Path folder, int generation, Duration interval) {
        this.folder = folder;
        this.generation = generation;
        this.interval = interval;
    }

    @Override
    public boolean due() {
        return System.nanoTime() - lastNanos >= interval.toNanos();
    }

    @Override
    public void write(String phase, Writer writer) {
        AtomicFiles.write(file(phase), writer::writeTo);
        lastNanos = System.nanoTime();
        if (begun.containsKey(phase)) {
            double seconds = earlierSeconds(phase) + (lastNanos - begun.get(phase)) / 1e9;
            AtomicFiles.writeText(secondsFile(phase), seconds + "\n");
        }
    }

    @Override
    public Optional<Path> latest(String phase) {
        begin(phase);
        return Optional.of(file(phase)).filter(Files::isRegularFile);
    }

    @Override
    public double earlierSeconds(String phase) {
        begin(phase);
        return earlier.getOrDefault(phase, 0.0);
    }

    @Override
    public Optional<Path> folder(String phase) {
        begin(phase);
        return Optional.of(folder.resolve(file(phase).getFileName() + ".work"));
    }

    /** Whoever looks for a phase's checkpoint, or its time, begins it. */
    private void begin(String phase) {
        if (begun.putIfAbsent(phase, System.nanoTime()) == null && Files.isRegularFile(file(phase))) {
            earlier.put(phase, readSeconds(secondsFile(phase)));
        }
    }

    /** Time is told, not trusted: a file that is missing or damaged counts as none. */
    private static double readSeconds(Path file) {
        try {
            double seconds =
                    Double.parseDouble(PlainFiles.text(file).orElse("0").strip());
            return Double.isFinite(seconds) && seconds > 0 ? seconds : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Deletes all checkpoints, of other generations too: for a generation that is finished. */
    public void clear() {
        AtomicFiles.delete(folder);
    }

    private Path secondsFile(String phase) {
        return folder.resolve(file(phase).getFileName() + ".seconds");
    }

    private Path file(String phase) {
        return folder.resolve(SeedFolder.nameOf(generation) + "-" + phase);
    }
}
