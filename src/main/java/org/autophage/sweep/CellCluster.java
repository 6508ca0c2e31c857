package org.autophage.sweep;

import java.util.Map;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.sweep.CellWorker.Ending;

/**
 * Machines that run cells for whoever asks, by a scheduler whose libraries not everybody has: found by
 * {@link java.util.ServiceLoader} where they are.
 */
public interface CellCluster {
    /** What {@code --on} calls it. */
    String name();

    /**
     * Prepares work there; nothing is asked of the cluster yet.
     *
     * @throws org.autophage.base.AutophageException USAGE for a setting that it does not know
     */
    Session open(Wish wish);

    /** Whether cells are to have a GPU. */
    enum Gpus {
        NONE,
        /** If the settings say that machines have them. */
        WHERE_SET,
        ALWAYS
    }

    /**
     * What is asked for.
     *
     * @param settings the cluster's own, as the command line has them
     * @param perGpu how many cells share a GPU
     * @param classPath what the cluster's machines need of this program, as files or folders that all of them see
     * @param progress is told what is waited for
     */
    record Wish(Map<String, String> settings, Gpus gpus, int perGpu, String classPath, Progress progress) {}

    /** Work on the cluster under way; cells may be run by several threads at a time. */
    interface Session extends AutoCloseable {
        /**
         * How many cells it can run at a time just now: machines come and go.
         *
         * @throws org.autophage.base.AutophageException FAILED if it cannot be reached, or has no machine for long
         */
        int slots();

        /**
         * Runs a cell on one of its machines; on another one if that is lost.
         *
         * @param folder the cell's run folder, whose lock tells whether a process still works on it
         * @param program is given a device there if cells are to have GPUs
         */
        Ending run(String folder, CellProgram program, StopSignal stop);

        @Override
        void close();
    }
}
