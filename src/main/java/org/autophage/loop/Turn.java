package org.autophage.loop;

import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;

/**
 * One generation on its way: all that a stage may look at.
 *
 * @param generation t, counted from 1
 * @param seeds the seeds of the run
 * @param training what its model is trained on
 * @param plan what the loop does
 * @param work progress, checkpoints of this generation, the stop signal
 */
public record Turn(int generation, Seeds seeds, TrainingSet training, LoopPlan plan, Work work) {
    /** The streams of one phase of this generation. */
    public Seeds.Stream stream(Phase phase) {
        return seeds.stream(generation, phase);
    }

    /** The same turn, whose work keeps its checkpoints under names of its own. */
    public Turn within(String part) {
        return with(work.within(part));
    }

    /** The same turn, worked on otherwise. */
    public Turn with(Work other) {
        return new Turn(generation, seeds, training, plan, other);
    }
}
