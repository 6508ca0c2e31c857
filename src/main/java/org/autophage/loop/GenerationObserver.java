package org.autophage.loop;

import org.autophage.run.GenerationRecord;

/** Is told of every generation that finishes, such as to print a row of a table. */
@FunctionalInterface
public interface GenerationObserver {
    /** Tells nobody. */
    GenerationObserver NOBODY = record -> {};

    /** The generation is finished: its folder is in place and its record is in generations.jsonl. */
    void finished(GenerationRecord record);
}
