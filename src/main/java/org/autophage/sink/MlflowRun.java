package org.autophage.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.PlainFiles;
import org.autophage.run.SeedFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Which run of an MLflow server a seed's records go to, and how far they are there: {@code mlflow.json} in its folder.
 *
 * @param server its address
 * @param runId the run's id there
 * @param generation the last one that was logged
 * @param steps training steps of all logged generations
 */
record MlflowRun(String server, String runId, int generation, long steps) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What the folder says of a server; empty where it says nothing of this one. Where it names the run and not how far it
     * is, all is logged again: what the server has already is the same points, of the same times, and stays one.
     */
    static Optional<MlflowRun> read(SeedFolder seed, String server) {
        JsonNode note = note(file(seed));
        JsonNode there = note.path("server");
        String id = note.path("runId").isString() ? note.path("runId").asString() : "";
        if (id.isBlank() || there.isString() && !there.asString().equals(server)) {
            return Optional.empty();
        }
        JsonNode generation = note.path("generation");
        JsonNode steps = note.path("steps");
        boolean known = there.isString()
                && generation.isInt()
                && generation.asInt() >= 0
                && steps.isIntegralNumber()
                && steps.canConvertToLong()
                && steps.asLong() >= 0;
        return Optional.of(
                known
                        ? new MlflowRun(server, id, generation.asInt(), steps.asLong())
                        : new MlflowRun(server, id, 0, 0));
    }

    private static JsonNode note(Path file) {
        try {
            return JSON.readTree(PlainFiles.text(file).orElse(""));
        } catch (IOException | JacksonException e) {
            return MissingNode.getInstance(); // it is written anew
        }
    }

    void write(SeedFolder seed) {
        AtomicFiles.writeText(file(seed), JSON.writeValueAsString(this) + "\n");
    }

    MlflowRun after(int lastGeneration, long allSteps) {
        return new MlflowRun(server, runId, lastGeneration, allSteps);
    }

    private static Path file(SeedFolder seed) {
        return seed.path().resolve("mlflow.json");
    }
}
