package org.autophage.base;

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

        @Override
        public double earlierSeconds(String phase) {
            return 0;
        }

        @Override
        public Optional<Path> folder(String phase) {
            return Optional.empty();
        }
    };

    /** The phase of training. */
    String TRAIN = "train";

    /** The phase of drawing samples. */
    String SAMPLE = "sample";

    /** Whether enough time has passed since the last checkpoint for another one. */
    boolean due();

    /**
     * Writes the state of a phase: the writer fills a file of a temporary name, which is then synced and renamed.
     *
     * @param phase such as {@link #TRAIN}
     */
    void write(String phase, Writer writer);

    /** The file of the phase's latest checkpoint in the present generation, if there is one. */
    Optional<Path> latest(String phase);

    /**
     * Wall time that the phase took in earlier processes, until its latest checkpoint, in seconds; 0 where there is none.
     */
    double earlierSeconds(String phase);

    /**
     * A folder for what programs of others leave while they work on the phase, until its generation is finished; it need not exist.
     * Empty where nothing is kept.
     */
    Optional<Path> folder(String phase);

    /** The same store for a part of the work: what it calls by a name lies under the part's name and that one. */
    default CheckpointStore within(String part) {
        CheckpointStore whole = this;
        return new CheckpointStore() {
            @Override
            public boolean due() {
                return whole.due();
            }

            @Override
            public void write(String phase, Writer writer) {
                whole.write(part + "-" + phase, writer);
            }

            @Override
            public Optional<Path> latest(String phase) {
                return whole.latest(part + "-" + phase);
            }

            @Override
            public double earlierSeconds(String phase) {
                return whole.earlierSeconds(part + "-" + phase);
            }

            @Override
            public Optional<Path> folder(String phase) {
                return whole.folder(part + "-" + phase);
            }
        };
    }

    /** Fills a file. */
    @FunctionalInterface
    interface Writer {
        void writeTo(Path file) throws IOException;
    }
}
