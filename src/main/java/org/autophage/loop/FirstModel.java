package org.autophage.loop;

import java.util.Optional;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;

/**
 * Where the model of generation 1 comes from. It depends on neither the kind of loop nor on λ, so that a loop may take it
 * over from another one that has the same.
 */
@FunctionalInterface
public interface FirstModel {
    /** Trains it. */
    FirstModel TRAINED = (family, training, seeds, work) -> {
        Stopwatch watch = new Stopwatch();
        double earlier = work.checkpoints().earlierSeconds(CheckpointStore.TRAIN);
        GenerativeModel model = family.train(training, null, seeds, 1, work);
        return new Origin(model, watch.lap(earlier), Optional.empty());
    };

    /**
     * The model of generation 1.
     *
     * @param training what it is trained on
     * @param seeds the seeds of the run
     * @throws org.autophage.base.AutophageException as {@link ModelFamily#train} does
     */
    Origin of(ModelFamily family, TrainingSet training, Seeds seeds, Work work);

    /**
     * A model and what it cost this loop.
     *
     * @param model the caller closes it
     * @param trainSeconds wall time of training; 0 for one that was taken over
     * @param from the run that trained it, if another one did
     */
    record Origin(GenerativeModel model, double trainSeconds, Optional<String> from) {}
}
