package org.autophage.loop;

import java.util.Map;
import org.autophage.base.Seeds;
import org.autophage.data.TrainingSet;

/**
 * The door between mixing and training: chooses among the samples that were mixed for a generation. Unlike a {@link PoolStage} it
 * changes how many a model is trained on: that is what filtering does. It gives positions, so that no sample can come in that was not
 * mixed; a position that comes more than once gives its sample more weight. What is recorded as the training set is what it kept.
 */
@FunctionalInterface
public interface SetStage {
    /**
     * Chooses.
     *
     * @param set what was mixed, or what the stage before kept; only an oracle looks at its origins
     * @param turn the generation, t ≥ 2; its own training set is what was mixed
     * @param random streams of this generation and stage
     * @throws org.autophage.base.AutophageException with INTERRUPTED when stopped, USAGE where too few are left
     */
    Choice choose(TrainingSet set, Turn turn, Seeds.Stream random);

    /**
     * What is kept.
     *
     * @param positions in the set, not falling; the same one may come more than once
     * @param told what is to be recorded of it: finite numbers by name
     */
    record Choice(int[] positions, Map<String, Number> told) {}
}
