package org.autophage.data.picture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Which channels the images of a set have, whatever the pictures have. */
public enum Colour {
    /** Three channels; grey pictures repeat theirs. */
    @JsonProperty("rgb")
    RGB,
    /** One channel, the luma of ITU-R 601, as Pillow's {@code convert("L")} rounds it. */
    @JsonProperty("grey")
    GREY,
    /** One channel if all pictures are grey, otherwise three. */
    @JsonProperty("auto")
    AUTO;

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
