package org.autophage.loop;

import java.util.function.IntFunction;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/** Trains each generation but the first from the model of the one before it, which it keeps for as long as it may be needed. */
final class FineTuning implements Trainer {
    private final ModelFamily family;
    private final Trainer first;
    private final IntFunction<GenerativeModel> finished;
    private @Nullable GenerativeModel newest;

    /**
     * @param first gets the model of generation 1
     * @param finished reads back the model of a finished generation, in a run that was resumed
     */
    FineTuning(ModelFamily family, Trainer first, IntFunction<GenerativeModel> finished) {
        this.family = family;
        this.first = first;
        this.finished = finished;
    }

    @Override
    public Trained train(Turn turn) {
        if (turn.generation() == 1) {
            return first.train(turn);
        }
        if (newest == null) {
            newest = finished.apply(turn.generation() - 1);
        }
        return Trained.by(family, newest, turn);
    }

    @Override
    public void follow(GenerativeModel model) {
        close();
        newest = model;
    }

    @Override
    public void close() {
        if (newest != null) {
            newest.close();
            newest = null;
        }
    }
}
