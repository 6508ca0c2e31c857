package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a selection is compared with, in its own place and at its own price. */
public enum Control {
    /**
     * As many of the same candidates, chosen blindly. The rule itself still says how many candidates there are to choose from.
     */
    @JsonProperty("random")
    RANDOM;

    /** What the key of a spec means. */
    static final String MEANING =
            "random: the control, as many of the same candidates chosen at random instead; left out, the choice itself";
}
