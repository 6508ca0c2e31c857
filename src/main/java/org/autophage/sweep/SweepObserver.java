package org.autophage.sweep;

import org.autophage.run.SweepFolder;

/** Is told when a sweep's folder holds something new, such as to write its report again. */
@FunctionalInterface
public interface SweepObserver {
    /** Tells nobody. */
    SweepObserver NOBODY = folder -> {};

    void changed(SweepFolder folder);
}
