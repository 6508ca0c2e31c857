package org.autophage.loop;

/**
 * The door between sampling and mixing: chooses among a model's draws, or changes them, before later generations may be trained on
 * them. What the model is measured by are its own draws. Stages nest: each gives draws made of another's.
 */
@FunctionalInterface
public interface PoolStage {
    /**
     * Draws made of others.
     *
     * @param draws the model's, or those of the stage before
     * @param turn the generation
     */
    Draws apply(Draws draws, Turn turn);
}
