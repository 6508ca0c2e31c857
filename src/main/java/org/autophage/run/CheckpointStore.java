package org.autophage.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where work inside a generation keeps its state, so that a killed process loses at most the time since the last
 * checkpoint. One checkpoint a phase; a new one replaces the old one atomically.
 */
public interface CheckpointStore {
    /** Keeps nothing: for work that is not part of a run. */
    CheckpointStore NONE = new CheckpointStore() {
        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void write(String phase, Writer writer) {}

        @Override
        public Optional<Path> latest(String phase) {
            return Optional.empty();
        }
    };

    /** Whether enough time has passed since the last checkpoint for another one. */
    boolean due();

    /**
     * Writes the state of a phase: the writer fills a file of a temporary name, which is then synced and renamed.
     *
     * @param phase such as "train" or "sample"
     */
    void write(String phase, Writer writer);

    /** The file of the phase's latest checkpoint in the present generation, if there is one. */
    Optional<Path> latest(String phase);

    /** Fills a file. */
    @FunctionalInterface
    interface Writer {
        void writeTo(Path file) throws IOException;
    }
}
