package org.autophage.remedy;

import org.autophage.loop.PoolStage;

/** A remedy that acts between sampling and mixing. */
public interface PoolRemedy extends Remedy {
    /** What stands in the door. */
    PoolStage open(RemedyContext context);
}
