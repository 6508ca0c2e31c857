package org.autophage.data.picture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What makes pictures square. */
public enum Crop {
    /** The largest square in the middle; of an odd rest, the larger half goes at the bottom or the right. */
    @JsonProperty("centre")
    CENTRE,
    /** Nothing: a picture that is not square is refused. */
    @JsonProperty("none")
    NONE;

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
