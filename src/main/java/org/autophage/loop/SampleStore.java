package org.autophage.loop;

import org.autophage.data.Samples;

/** Where finished generations' samples can be read back from. */
@FunctionalInterface
public interface SampleStore {
    /**
     * The samples of a finished generation.
     *
     * @param generation t, counted from 1
     * @throws org.autophage.base.AutophageException with USAGE if they are missing or corrupt
     */
    Samples load(int generation);
}
