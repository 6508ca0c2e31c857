package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;
import org.jspecify.annotations.Nullable;

/** Trains models of one kind, as described by its spec. */
public interface ModelFamily extends AutoCloseable {
    /**
     * Trains the model of a generation; goes on from the checkpoint "train" if there is one.
     *
     * @param training what it is trained on
     * @param previous the model to fine-tune, or null to train from scratch
     * @param seeds the seeds of the run
     * @param generation t, counted from 1
     * @throws org.autophage.base.AutophageException with DIVERGED if the loss is not a number, INTERRUPTED when stopped
     */
    GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work);

    /** Reads back what {@link GenerativeModel#save} wrote. */
    GenerativeModel load(Path folder) throws IOException;

    /** Frees what is shared by its models, which are of no use from then on. Whoever opened the family closes it. */
    @Override
    default void close() {}
}
