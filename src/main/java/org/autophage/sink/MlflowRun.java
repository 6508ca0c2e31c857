package org.autophage.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.run.SeedFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

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

    /** What the folder says of a server; empty where it says nothing of this one. */
    static Optional<MlflowRun> read(SeedFolder seed, String server) {
        Path file = file(seed);
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readString(file), MlflowRun.class))
                            .filter(run -> run.server().equals(server))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
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
