package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the training of a generation t ≥ 2 starts from. */
public enum Start {
    /** Fresh initial parameters, as in MAD (arXiv 2307.01850). */
    @JsonProperty("scratch")
    SCRATCH,
    /** The parameters of generation t − 1, as in Bertrand et al. (arXiv 2310.00429). */
    @JsonProperty("fine-tune")
    FINE_TUNE
}
