package org.autophage.model.command;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a program is given its training set. */
public enum TrainingFormat {
    /** One file of all samples, as a run's own samples. */
    @JsonProperty("npz")
    NPZ,
    /** A folder of pictures with their labels in dataset.json. */
    @JsonProperty("png")
    PNG
}
