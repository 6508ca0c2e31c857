package org.autophage.loop;

import org.autophage.base.Progress;
import org.autophage.base.StopSignal;

/** Finishes the generations of a seed, one after the other. */
@FunctionalInterface
public interface Loop {
    /**
     * Works on one seed until all generations are finished or the observer has seen enough, from wherever its log says
     * it stands.
     *
     * @param observer is told of each generation that finishes, and may end the loop there
     * @throws org.autophage.base.AutophageException with INTERRUPTED when stopped, after a checkpoint
     */
    void run(GenerationLog log, Progress progress, StopSignal stop, GenerationObserver observer);
}
