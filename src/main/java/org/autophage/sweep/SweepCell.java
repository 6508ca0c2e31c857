package org.autophage.sweep;

import org.autophage.base.AutophageException;
import org.autophage.base.Work;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;

/**
 * One experiment of a sweep. It is an experiment like any other: whoever has the spec and the folder can run it, in any
 * process.
 *
 * @param name what tells it from the other cells, such as "loop.synthetic=300,sampling.bias=0.7"; names its folder
 * @param spec what is run
 */
public record SweepCell(String name, ExperimentSpec spec) {
    /**
     * Opens the cell's dataset and checks that loop and model fit it.
     *
     * @throws AutophageException with USAGE, naming the cell, if the experiment cannot run
     */
    public ExperimentInputs open(Work work) {
        try {
            return ExperimentInputs.open(spec, work);
        } catch (AutophageException e) {
            throw new AutophageException(e.exitCode(), "cell " + name + ": " + e.getMessage(), e);
        }
    }
}
