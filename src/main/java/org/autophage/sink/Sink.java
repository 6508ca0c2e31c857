package org.autophage.sink;

import org.autophage.base.ExitCode;
import org.autophage.run.SeedFolder;

/**
 * One place that records go to. It is not told of single generations: it is asked to catch up with a seed's folder and
 * remembers how far it came. So nothing is logged twice or left out, whenever a run was killed, resumed, or given the sink.
 */
interface Sink {
    /** Logs what the seed's folder holds and the sink does not yet; may do so later, on a thread of its own. */
    void catchUp(SeedFolder seed);

    /**
     * Logs what is left, and how the session ended.
     *
     * @param outcome the process's exit code
     */
    void end(ExitCode outcome);
}
