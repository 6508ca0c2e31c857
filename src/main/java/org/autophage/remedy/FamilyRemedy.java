package org.autophage.remedy;

import java.util.function.DoubleFunction;
import org.autophage.data.SampleShape;
import org.autophage.model.ModelFamily;

/** A remedy that acts on how models are trained. What the training gives goes through the loop's doors as any model does. */
public interface FamilyRemedy extends Remedy {
    /**
     * The family that trains in place of the experiment's.
     *
     * @param family makes one as the experiment describes it, whose trainings take the given share of its steps
     * @param shape of the samples
     */
    ModelFamily family(DoubleFunction<ModelFamily> family, SampleShape shape);
}
