package org.autophage.cluster;

import java.util.Collection;
import java.util.List;

/** What a sweep asks of Slurm. What it says against it is an AutophageException with FAILED, in Slurm's own words. */
interface Slurm {
    /** How many numbers of tasks an array can have, counted from 0. */
    int arraySize();

    /**
     * Submits a job.
     *
     * @param words sbatch and its arguments
     * @return the job's number
     */
    long submit(List<String> words);

    /** This user's tasks of a sweep's arrays, those that ended of late among them. */
    List<SlurmTask> tasks(SlurmName name);

    /** Ends jobs that wait or run. */
    void cancel(Collection<Long> jobs);
}
