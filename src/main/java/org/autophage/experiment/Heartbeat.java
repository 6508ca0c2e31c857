package org.autophage.experiment;

import java.time.Duration;
import java.util.function.Supplier;
import org.autophage.base.Progress;

/**
 * Says which generations have finished and how they stand, but not more often than one can read: the phases of small
 * models are too short to be worth a line, and a hundred generations of them are not.
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

    /**
     * @param standing how the generation stands, asked for only where it is said
     * @param important whether to say it in any case
     */
    void generationFinished(int generation, Supplier<String> standing, boolean important) {
        if (important || System.nanoTime() - last >= LEAST.toNanos()) {
            last = System.nanoTime();
            progress.message("generation %d of %d finished: %s".formatted(generation, generations, standing.get()));
        }
    }
}
