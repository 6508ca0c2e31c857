package org.autophage.loop;

import java.util.function.Supplier;
import org.autophage.base.CheckpointStore;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.run.GenerationRecord;
import org.jspecify.annotations.Nullable;

/** Where the finished generations of one seed are kept, and what a run that was interrupted goes on from. */
public interface GenerationLog {
    /** The seed of the run. */
    long seed();

    /** The generation to work on next: one more than have finished. */
    int nextGeneration();

    /** Whether finished generations leave nothing to go on from, so that an interrupted run has to run them again. */
    boolean replays();

    /**
     * The samples that a finished generation gave to later ones.
     *
     * @throws org.autophage.base.AutophageException with USAGE if they are missing or corrupt
     */
    Given given(int generation);

    /**
     * The model of a finished generation.
     *
     * @throws org.autophage.base.AutophageException with USAGE if it is missing or corrupt
     */
    GenerativeModel model(int generation, ModelFamily family);

    /** Where the unfinished generation keeps its state. */
    CheckpointStore checkpoints(int generation);

    /** Keeps a generation: it is finished when this returns, and not before. One that had finished stays as it is. */
    void complete(Finished generation);

    /**
     * Samples for later training sets to draw from, of a generation that is complete: those in the log where it holds
     * them outside the heap, which a pool of many generations would fill.
     *
     * @param given as they came through the doors
     */
    default Given pooled(int generation, Given given) {
        return given;
    }

    /**
     * What a finished generation leaves.
     *
     * @param record its line in generations.jsonl
     * @param training what it was trained on; null where nobody knows
     * @param model that gave the samples; null where it is elsewhere
     * @param given what later generations may be trained on
     * @param grid draws what a report shows of it
     */
    record Finished(
            GenerationRecord record,
            @Nullable TrainingSet training,
            @Nullable GenerativeModel model,
            Given given,
            Supplier<Samples> grid) {
        /** Of a generation whose model another program trained. */
        public static Finished imported(GenerationRecord record, Given given, Supplier<Samples> grid) {
            return new Finished(record, null, null, given, grid);
        }
    }
}
