package org.autophage.data.picture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Where the classes of pictures are looked for. */
public enum LabelSource {
    /** In {@code dataset.json}, or else in folders that are not merely parts of a large set, or else nowhere. */
    @JsonProperty("auto")
    AUTO,
    /** In folders, one a class, whatever their names. */
    @JsonProperty("folders")
    FOLDERS,
    /** Nowhere: all pictures are of one class. */
    @JsonProperty("none")
    NONE;

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
