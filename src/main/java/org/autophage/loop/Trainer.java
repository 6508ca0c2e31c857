package org.autophage.loop;

import java.util.Optional;
import org.autophage.base.CheckpointStore;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/** Where the model of a generation comes from, before any stage changes it. Trainers decorate each other. */
@FunctionalInterface
public interface Trainer {
    /**
     * Trains, or gets otherwise, the model of a generation.
     *
     * @throws org.autophage.base.AutophageException as {@link ModelFamily#train} does
     */
    Trained train(Turn turn);

    /** Trains every generation from scratch. */
    static Trainer scratch(ModelFamily family) {
        return turn -> Trained.by(family, null, turn);
    }

    /**
     * A model and what it cost this loop.
     *
     * @param model the caller closes it
     * @param seconds wall time of training, over all processes that worked on it; 0 for a model that was taken over
     * @param from the run that trained it, if another one did
     */
    record Trained(GenerativeModel model, double seconds, Optional<String> from) {
        /** Trains, with the time that it takes. */
        static Trained by(ModelFamily family, @Nullable GenerativeModel previous, Turn turn) {
            Stopwatch watch = new Stopwatch();
            double earlier = turn.work().checkpoints().earlierSeconds(CheckpointStore.TRAIN);
            GenerativeModel model =
                    family.train(turn.training(), previous, turn.seeds(), turn.generation(), turn.work());
            return new Trained(model, watch.lap(earlier), Optional.empty());
        }
    }
}
