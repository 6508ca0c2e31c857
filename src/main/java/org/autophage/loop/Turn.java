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
 * @param place of the stage in its door, counted from 0, so that no two stages share random numbers
 * @param models that are there by then
 */
public record Turn(
        int generation, Seeds seeds, TrainingSet training, LoopPlan plan, Work work, int place, TurnModels models) {
    /** Streams of a place; far more than any stage uses. */
    private static final int STREAM_BITS = 48;

    /** A turn that no stage has begun and that has no model yet. */
    public Turn(int generation, Seeds seeds, TrainingSet training, LoopPlan plan, Work work) {
        this(generation, seeds, training, plan, work, 0, TurnModels.NONE);
    }

    /** The streams of one phase of this generation, and of this place in a door. */
    public Seeds.Stream stream(Phase phase) {
        long first = (long) place << STREAM_BITS;
        return chunk -> seeds.of(generation, phase, first + chunk);
    }

    /** The same turn in a place of a door, whose work keeps its checkpoints under names of its own. */
    Turn within(String part, int newPlace) {
        return new Turn(generation, seeds, training, plan, work.within(part), newPlace, models);
    }

    /** The same turn, worked on otherwise. */
    public Turn with(Work other) {
        return new Turn(generation, seeds, training, plan, other, place, models);
    }

    /** The same turn when there are models. */
    public Turn with(TurnModels present) {
        return new Turn(generation, seeds, training, plan, work, place, present);
    }

    /** The same turn, trained on something else. */
    Turn training(TrainingSet other) {
        return new Turn(generation, seeds, other, plan, work);
    }
}
