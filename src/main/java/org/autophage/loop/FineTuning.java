package org.autophage.loop;

import org.autophage.model.ModelFamily;

/**
 * Trains each generation but the first from the model of the one before it.
 *
 * @param first gets the model of generation 1
 */
record FineTuning(ModelFamily family, Trainer first, PreviousModel previous) implements Trainer {
    @Override
    public Trained train(Turn turn) {
        return turn.generation() == 1 ? first.train(turn) : Trained.by(family, previous.of(turn.generation()), turn);
    }
}
