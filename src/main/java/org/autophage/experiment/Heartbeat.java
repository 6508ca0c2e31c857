package org.autophage.experiment;

import java.time.Duration;
import org.autophage.base.Progress;

/**
 * Says how many generations have finished where nothing else is heard: the phases of small models are too short to be
 * worth a line, and a hundred generations of them are not.
 */
final class Heartbeat {
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final Progress progress;
    private final int generations;
    private long last = System.nanoTime();

    /** @param generations how many there will be */
    Heartbeat(Progress progress, int generations) {
        this.progress = progress;
        this.generations = generations;
    }

    void generationFinished(int generation) {
        if (System.nanoTime() - last >= LEAST.toNanos()) {
            last = System.nanoTime();
            progress.message("generation %d of %d finished".formatted(generation, generations));
        }
    }
}
