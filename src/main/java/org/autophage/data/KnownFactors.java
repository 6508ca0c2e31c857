package org.autophage.data;

import java.util.List;

/** What the real samples of a dataset were drawn from, where that is known exactly. */
public interface KnownFactors {
    /**
     * A number that every real sample has.
     *
     * @param name such as "width"
     * @param lowest what samples of its lowest values are, "narrowest"
     * @param highest what samples of its highest values are, "widest"
     */
    record Factor(String name, String lowest, String highest) {}

    /** The factors, in order. */
    List<Factor> factors();

    /**
     * Those of a real sample.
     *
     * @param index in [0, available())
     * @return one a factor
     */
    double[] of(long index);
}
