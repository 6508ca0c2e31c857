package org.autophage.loop;

import java.util.Map;
import org.autophage.model.GenerativeModel;

/** The door between training and sampling: another model in place of the one that was trained. */
@FunctionalInterface
public interface ModelStage {
    /**
     * Makes a model of a generation's trained one.
     *
     * @param trained is the stage's: it closes it, or gives it back
     * @param turn the generation; checkpoints of the stage's own work may go to its work under any phase
     * @throws org.autophage.base.AutophageException with INTERRUPTED when stopped, after a checkpoint
     */
    Outcome apply(GenerativeModel trained, Turn turn);

    /**
     * What a stage makes.
     *
     * @param model which samples, is kept, and is fine-tuned from
     * @param told what is to be recorded of it: finite numbers by name
     */
    record Outcome(GenerativeModel model, Map<String, Number> told) {}
}
