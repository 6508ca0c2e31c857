package org.autophage.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import tools.jackson.databind.JsonNode;

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
            throw AutophageException.usage(whyNoSamples());
        }
        return samples;
    }

    /** In one line, why the file of its samples is not there, as far as the run's spec tells. */
    public String whyNoSamples() {
        return "%s is missing: %s"
                .formatted(
                        files().samples(), why("with keep: last a run has the samples of its newest generations only"));
    }

    /**
     * Refuses a generation whose model is gone. A model that never was here, of samples that were imported, is its family's to speak of.
     *
     * @throws AutophageException (usage) saying why it is not there
     */
    public void requireModel() {
        if (!files().hasModel()
                && !spec().path("model").path("kind").asString("").equals("imported")) {
            throw AutophageException.usage("%s has no model: %s"
                    .formatted(
                            files().path(),
                            why("with keep: last a run has the models of its first and its last generation only")));
        }
    }

    private String why(String keptLast) {
        Set<String> kept = Stream.concat(
                        Provenance.read(run.provenance()).specs().stream(), Stream.of(spec())) // keep is free to change
                .map(spec -> spec.path("keep").asString("all"))
                .collect(Collectors.toSet());
        return kept.contains("none")
                ? "with keep: none a run has no samples and no models"
                : kept.contains("last") ? keptLast : "the run kept it (keep: all), so it was deleted or moved since";
    }

    private JsonNode spec() {
        return RecordedSpec.read(run);
    }

    /** For people: "generation 3 of runs/NAME/seed-0". */
    public String describe() {
        return "generation %d of %s".formatted(number, seed.path());
    }
}
