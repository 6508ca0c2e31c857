package org.autophage.loop;

import java.util.Map;

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

    /** What is to be recorded of how they came about: finite numbers by name. */
    default Map<String, Number> told() {
        return Map.of();
    }
}
