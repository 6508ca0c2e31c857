package org.autophage.remedy;

import org.autophage.loop.ModelStage;

/** A remedy that acts between training and sampling. */
public interface ModelRemedy extends Remedy {
    /** What stands in the door. */
    ModelStage open(RemedyContext context);
}
