package org.autophage.collapse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * That a seed's loop was ended by its stop rule: {@code stopped.json} in the seed's folder. It counts for as long as the
 * run's spec has the same rule; under another one the loop goes on from where it stands.
 *
 * @param generation the last one
 * @param rule that ended it
 * @param reason for a person
 */
public record StopNote(int generation, StopSpec rule, String reason) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Refuses a note that lacks something. */
    public StopNote {
        Objects.requireNonNull(rule, "it names no rule");
        Objects.requireNonNull(reason, "it names no reason");
    }

    /** Reads the note; empty where the seed was not stopped. */
    public static Optional<StopNote> read(Path file) {
        try {
            Optional<StopNote> found = PlainFiles.text(file).map(text -> JSON.readValue(text, StopNote.class));
            if (found.isEmpty() && PlainFiles.isThere(file)) {
                throw AutophageException.usage(file + " is not the note of a stopped loop: it is null");
            }
            return found;
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        } catch (JacksonException e) {
            throw new AutophageException(
                    ExitCode.USAGE, file + " is not the note of a stopped loop: " + JsonErrors.reason(e), e);
        }
    }

    /** Writes the file whole. */
    public void write(Path file) {
        AtomicFiles.writeText(file, JSON.writeValueAsString(this) + "\n");
    }

    /** "stopped after generation 4: recall 0.2 is past 0.3 (0.5 times generation 1’s), 2 generations in a row". */
    public String inSentence() {
        return "stopped after generation " + generation + ": " + reason;
    }
}
