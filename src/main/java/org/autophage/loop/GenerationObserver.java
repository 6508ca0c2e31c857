package org.autophage.loop;

import org.autophage.run.GenerationRecord;

/** Is told of every generation that finishes, such as to print a row of a table, and may end the loop. */
@FunctionalInterface
public interface GenerationObserver {
    /** Tells nobody, and lets the loop go on. */
    GenerationObserver NOBODY = record -> true;

    /**
     * The generation is finished: its folder is in place and its record is in generations.jsonl.
     *
     * @return whether the loop is to go on with the next one
     */
    boolean finished(GenerationRecord record);
}
