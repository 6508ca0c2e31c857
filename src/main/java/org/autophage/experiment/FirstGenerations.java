package org.autophage.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.base.FolderLock;
import org.autophage.base.Seeds;
import org.autophage.base.Sha256;
import org.autophage.loop.Trainer;
import org.autophage.loop.Trainer.Trained;
import org.autophage.loop.Turn;
import org.autophage.measure.Metrics;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.autophage.remedy.FamilyRemedy;
import org.autophage.remedy.Remedies;
import org.autophage.run.FileCheckpointStore;
import org.autophage.spec.SpecBinder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Models of generation 1 that the cells of a sweep share. Everything that the training of one depends on is hashed into
 * the name of a folder; whoever holds the folder's lock trains the model and leaves it there, everybody else waits and then
 * reads it. Checkpoints lie there too, so that any cell goes on with a training that was killed.
 *
 * <pre>
 * HASH/training.json    what the hash is of
 * HASH/model/           the model as its family saved it, and origin.json: who trained it, and for how long
 * HASH/checkpoint/      state of the training, until it has finished
 * HASH/run.lock         held while a process trains
 * </pre>
 *
 * @param folder holds one folder a model
 * @param cell the name of the run that asks
 */
record FirstGenerations(Path folder, String cell) {
    private static final String ORIGIN = "origin.json";
    private static final int LETTERS_OF_HASH = 16;

    /** Gets the first model of a run here, where it is worth sharing: models that are fitted in closed form are not. */
    UnaryOperator<Trainer> of(ExperimentInputs inputs, Device device, ModelFamily family) {
        return !inputs.spec().model().takesLong()
                ? UnaryOperator.identity()
                : trainer -> turn -> turn.generation() == 1
                        ? model(family, trainer, turn, dependencies(inputs, device, turn.seeds()))
                        : trainer.train(turn);
    }

    /** All that the training of generation 1 depends on, down to the order of floating-point sums. */
    private static ObjectNode dependencies(ExperimentInputs inputs, Device device, Seeds seeds) {
        ExperimentSpec spec = inputs.spec();
        ObjectNode all = SpecBinder.MAPPER.createObjectNode();
        all.put("autophage", SoftwareVersion.current());
        all.put("libtorch", Device.libtorchVersion());
        all.put("device", device.isGpu() ? "gpu" : "cpu");
        if (device.roundsToTf32()) {
            all.put("tf32", true);
        }
        all.put("threads", device.isGpu() ? 0 : Device.threads());
        all.put("datasetHash", inputs.dataset().hash());
        all.set("dataset", spec.tree().get("dataset"));
        all.set("model", spec.tree().get("model"));
        for (FamilyRemedy remedy : Remedies.ofTraining(spec.remedies())) {
            all.set(remedy.kind(), SpecBinder.MAPPER.valueToTree(remedy));
        }
        spec.model().programHash().ifPresent(hash -> all.put("program", hash));
        all.put("initial", spec.loop().initial());
        all.put("seed", seeds.run());
        return all;
    }

    private Trained model(ModelFamily family, Trainer trainer, Turn turn, ObjectNode dependencies) {
        String text = dependencies.toString();
        Path place = folder.resolve(Sha256.of(text).substring(0, LETTERS_OF_HASH));
        Path saved = place.resolve("model");
        if (Files.exists(saved)) {
            return read(family, saved);
        }
        try (FolderLock lock = FolderLock.await(place, "the same model", turn.work())) {
            if (Files.exists(saved)) {
                return read(family, saved);
            }
            AtomicFiles.writeText(place.resolve("training.json"), dependencies.toPrettyString() + "\n");
            FileCheckpointStore checkpoints =
                    new FileCheckpointStore(place.resolve("checkpoint"), 1, FileCheckpointStore.DEFAULT_INTERVAL);
            Trained trained = trainer.train(turn.with(turn.work().keeping(checkpoints)));
            try {
                AtomicFiles.writeFolder(saved, temporary -> {
                    trained.model().save(temporary);
                    Files.writeString(temporary.resolve(ORIGIN), origin(trained.seconds()));
                });
            } catch (RuntimeException e) {
                trained.model().close();
                throw e;
            }
            checkpoints.clear();
            return trained;
        }
    }

    private String origin(double trainSeconds) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("cell", cell);
        origin.put(Metrics.TRAIN_SECONDS.key(), trainSeconds);
        return SpecBinder.MAPPER.writeValueAsString(origin) + "\n";
    }

    private Trained read(ModelFamily family, Path saved) {
        try {
            JsonNode origin = SpecBinder.MAPPER.readTree(Files.readString(saved.resolve(ORIGIN)));
            String trainer = origin.path("cell").asString("");
            GenerativeModel model = family.load(saved);
            return trainer.equals(cell) // which was killed between training and the end of the generation
                    ? new Trained(
                            model, origin.path(Metrics.TRAIN_SECONDS.key()).asDouble(0), Optional.empty())
                    : new Trained(model, 0, Optional.of(trainer));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(saved, e);
        }
    }
}
