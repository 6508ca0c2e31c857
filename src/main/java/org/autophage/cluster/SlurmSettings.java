package org.autophage.cluster;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a sweep runs on Slurm.
 *
 * @param launcher what runs Autophage on a node, a word each
 * @param options of sbatch; empty where nobody said, so that those stay which the sweep was last submitted with
 * @param jobs how many cells run at a time; empty where nobody said: as many as when it was last submitted, or
 *     as Slurm lets
 * @param failFast whether the first cell that fails ends the sweep
 * @param detach whether to leave the cells to Slurm once they are submitted
 */
public record SlurmSettings(
        List<String> launcher, Optional<SlurmOptions> options, OptionalInt jobs, boolean failFast, boolean detach) {
    public SlurmSettings {
        launcher = List.copyOf(launcher);
    }
}
