package org.autophage.remedy;

import org.autophage.loop.SetStage;
import org.jspecify.annotations.Nullable;

/** A remedy that acts between mixing and training. */
public interface SetRemedy extends Remedy {
    /** What it keeps of a training set. */
    SetStage choice(RemedyContext context);

    /** What stands in place of the choice to compare it with; null for the choice itself. */
    @Nullable
    Control control();

    /** What stands in the door. */
    default SetStage open(RemedyContext context) {
        Control control = control();
        return control == null ? choice(context) : control.of(choice(context));
    }
}
