package org.autophage.experiment;

import org.autophage.run.SweepFolder;

/** Is told when a sweep's folder holds something new, such as to write reports again. */
public interface SweepObserver extends RunObserver {
    void changed(SweepFolder folder);
}
