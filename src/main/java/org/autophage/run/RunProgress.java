package org.autophage.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.PlainFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the process that holds a run is with the piece of work at hand: {@code progress.json} in the run folder, for
 * whoever watches. It is there while the process works, and written anew every few seconds.
 *
 * @param what the work, such as "seed 0: generation 3 of 5: training"
 * @param done units of it
 * @param total units in all
 * @param unit what is counted, such as "steps"
 * @param detail a figure, such as "loss 0.123"; may be empty
 * @param secondsLeft until the piece is done at its rate so far; null while that is unknown
 */
public record RunProgress(
        String what, long done, long total, String unit, String detail, @Nullable Double secondsLeft) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads the file; empty where there is none, or none of this kind. */
    public static Optional<RunProgress> read(Path file) {
        try {
            return PlainFiles.text(file).map(text -> JSON.readValue(text, RunProgress.class));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** Writes the file whole. */
    public void write(Path file) {
        AtomicFiles.writeText(file, JSON.writeValueAsString(this) + "\n");
    }
}
