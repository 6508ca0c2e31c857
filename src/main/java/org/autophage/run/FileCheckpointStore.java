package org.autophage.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.autophage.base.AtomicFiles;

/** Checkpoints of one generation as files of a folder: one a phase, such as {@code generation-003-train}. */
public final class FileCheckpointStore implements CheckpointStore {
    /** How much work a killed process may lose unless the user says otherwise. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

    private final Path folder;
    private final int generation;
    private final Duration interval;
    private long lastNanos = System.nanoTime();

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
    }

    @Override
    public Optional<Path> latest(String phase) {
        return Optional.of(file(phase)).filter(Files::isRegularFile);
    }

    /** Deletes all checkpoints, of other generations too: for a generation that is finished. */
    public void clear() {
        AtomicFiles.delete(folder);
    }

    private Path file(String phase) {
        return folder.resolve(String.format(Locale.ROOT, "generation-%03d-%s", generation, phase));
    }
}
