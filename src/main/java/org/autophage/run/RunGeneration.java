package org.autophage.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.autophage.base.AutophageException;

/**
 * One finished generation of one seed of a run.
 *
 * @param run the run
 * @param seed one of its seeds
 * @param number t, counted from 1
 */
public record RunGeneration(RunFolder run, SeedFolder seed, int number) {
    /** Its files. */
    public GenerationFolder files() {
        return seed.generation(number);
    }

    /**
     * The file of its samples, which is there.
     *
     * @throws AutophageException (usage) if the run has not kept it
     */
    public Path samples() {
        Path samples = files().samples();
        if (!Files.isRegularFile(samples)) {
            throw AutophageException.usage(
                    "%s is missing: the run kept the samples of its last generation only".formatted(samples));
        }
        return samples;
    }

    /** For people: "generation 3 of runs/NAME/seed-0". */
    public String describe() {
        return "generation %d of %s".formatted(number, seed.path());
    }
}
