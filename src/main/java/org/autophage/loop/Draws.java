package org.autophage.loop;

import java.util.Map;
import org.autophage.model.GenerativeModel;

/**
 * Draws of a model that go on for as long as they are asked. Whoever chooses among them asks for more until it has as many
 * as are wanted, so that no choice changes how many samples a generation gives.
 */
public interface Draws {
    /**
     * The next ones.
     *
     * @param count how many
     * @return exactly so many
     * @throws org.autophage.base.AutophageException with DIVERGED where too few can be had at a price that is allowed,
     *     INTERRUPTED when stopped
     */
    Given next(int count);

    /**
     * Draws of another model in place of a generation's own, from the first on: draw i has the seeds that the own draw i has where the
     * stage is the first of its door.
     *
     * @param turn of the stage that asks, whose work keeps what is drawn
     */
    static Draws of(GenerativeModel model, Turn turn) {
        return new ModelDraws(model, turn).fromTheFirst();
    }

    /** What is to be recorded of how they came about: finite numbers by name. */
    default Map<String, Number> told() {
        return Map.of();
    }
}
