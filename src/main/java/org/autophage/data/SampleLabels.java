package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Which classes samples are asked to be of; {@code sampling.labels} of a spec. */
public enum SampleLabels {
    /** All classes alike: sample i is of class i mod classes. */
    @JsonProperty("balanced")
    BALANCED,
    /** Classes by their shares of the dataset's real images outside the holdout. */
    @JsonProperty("as-data")
    AS_DATA;

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
