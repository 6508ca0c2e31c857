package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which generations keep their samples and models on disk. Records, grids and lists of images always stay. */
public enum Keep {
    @JsonProperty("all")
    ALL,
    /** The newest generation, and those that a later training set may still draw from. */
    @JsonProperty("last")
    LAST
}
