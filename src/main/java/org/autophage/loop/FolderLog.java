package org.autophage.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.autophage.base.AtomicFiles;
import org.autophage.base.CheckpointStore;
import org.autophage.base.DiskErrors;
import org.autophage.data.ImageArchive;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.model.EarlyStop;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.run.FileCheckpointStore;
import org.autophage.run.GenerationFolder;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RecordRecovery;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;

/** Keeps the generations of a seed in its folder, so that a process killed at any moment loses little. */
public final class FolderLog implements GenerationLog {
    private final SeedFolder folder;
    private final Keep keep;
    private final Memory memory;
    private final Duration checkpointInterval;
    private final String experiment;
    private int finished;

    /**
     * Removes what a killed process left unfinished, and writes back records that only the generations' folders have.
     *
     * @param folder the seed's folder; no other process may write to it
     * @param keep which generations keep samples and models
     * @param memory how many of the newest generations training sets draw from
     * @param checkpointInterval how much work a killed process may lose
     * @param experiment the hash that records say they are of, see {@link org.autophage.run.RecordedSpec#hash}
     */
    public FolderLog(SeedFolder folder, Keep keep, Memory memory, Duration checkpointInterval, String experiment) {
        this.folder = folder;
        this.keep = keep;
        this.memory = memory;
        this.checkpointInterval = checkpointInterval;
        this.experiment = experiment;
        RecordRecovery.of(folder).apply();
        folder.removeUnfinished();
        this.finished = folder.records().size();
        keep.tidy(folder, finished, memory);
    }

    @Override
    public long seed() {
        return folder.seed();
    }

    @Override
    public int nextGeneration() {
        return finished + 1;
    }

    @Override
    public boolean replays() {
        return keep == Keep.NONE;
    }

    @Override
    public Given given(int generation) {
        GenerationFolder files = folder.generation(generation);
        return DrawsFile.read(files.draws(), SampleArchive.read(files.samples()));
    }

    @Override
    public Given pooled(int generation, Given given) {
        boolean outsideHeap = keep != Keep.NONE
                && given.samples().images().filter(ImageArchive::isMapped).isPresent();
        return outsideHeap ? given(generation) : given;
    }

    @Override
    public GenerativeModel model(int generation, ModelFamily family) {
        GenerationFolder model = folder.generation(generation);
        try {
            return family.load(model.path());
        } catch (IOException e) {
            throw DiskErrors.cannotRead(model.path(), e);
        }
    }

    @Override
    public CheckpointStore checkpoints(int generation) {
        return new FileCheckpointStore(folder.checkpoint(), generation, checkpointInterval);
    }

    /** Samples of the training set that decided when the training ended. */
    private static int heldOut(@Nullable GenerativeModel model) {
        return model == null
                ? 0
                : model.earlyStops().values().stream()
                        .mapToInt(EarlyStop::heldOut)
                        .sum();
    }

    @Override
    public void complete(Finished generation) {
        int t = generation.record().generation();
        if (t <= finished) {
            return;
        }
        GenerationRecord record = generation.record().of(experiment);
        AtomicFiles.writeFolder(folder.generation(t).path(), path -> {
            GenerationFolder files = new GenerationFolder(path);
            Samples shown = generation.grid().get();
            shown.draw(shown.tokens().isPresent() ? files.page() : files.grid());
            if (generation.training() != null) {
                Files.writeString(
                        files.trainingSet(),
                        TrainingSetFile.toJson(generation.training(), heldOut(generation.model())));
            }
            Files.writeString(files.record(), record.toJson() + "\n");
            if (keep != Keep.NONE) {
                generation.given().samples().write(files.samples());
                DrawsFile.write(generation.given(), files.draws());
                if (generation.model() != null) {
                    generation.model().save(path);
                }
            }
        });
        folder.append(record);
        finished = t;
        new FileCheckpointStore(folder.checkpoint(), t, checkpointInterval).clear();
        keep.tidy(folder, t, memory);
    }
}
