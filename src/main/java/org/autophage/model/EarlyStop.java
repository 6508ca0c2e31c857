package org.autophage.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.run.GenerationFolder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What early stopping did in a training, as early-stopping.json has it beside the model.
 *
 * @param heldOut samples of the training set that were not trained on
 * @param steps that were taken
 * @param bestStep after which of them the model is
 * @param bestLoss its loss on the samples that were held out
 */
public record EarlyStop(int heldOut, int steps, int bestStep, double bestLoss) {
    /** What it is called in records. */
    public static final String NAME = "early-stopping";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** For the record: numbers by name. */
    public Map<String, Number> told() {
        Map<String, Number> told = new LinkedHashMap<>();
        told.put("heldOut", heldOut);
        told.put("steps", steps);
        told.put("bestStep", bestStep);
        told.put("bestLoss", bestLoss);
        return told;
    }

    void write(Path folder) throws IOException {
        Files.writeString(new GenerationFolder(folder).earlyStopping(), JSON.writeValueAsString(told()) + "\n");
    }

    /**
     * That of the model in a folder; null where its training went on to its end.
     *
     * @throws AutophageException with USAGE if the file is none
     */
    static @Nullable EarlyStop in(Path folder) throws IOException {
        Path file = new GenerationFolder(folder).earlyStopping();
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return JSON.readValue(Files.readString(file), EarlyStop.class);
        } catch (JacksonException e) {
            throw AutophageException.usage(file + " is corrupt: " + e.getOriginalMessage());
        }
    }
}
