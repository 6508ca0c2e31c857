package org.autophage.experiment;

import org.autophage.run.RunFolder;

/** Is told when a run folder holds something new, such as to write its report again. */
@FunctionalInterface
public interface RunObserver {
    /** Tells nobody. */
    RunObserver NOBODY = folder -> {};

    void changed(RunFolder folder);
}
