package org.autophage.data.picture;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How pictures are made smaller; both are antialiased for any ratio, none makes a picture larger. */
public enum Resize {
    /** Each new pixel is the mean of what it covers of the old ones, see {@link AreaResampling}. */
    @JsonProperty("area")
    AREA,
    /** Lanczos' filter of three lobes as Pillow computes it, to the bit, see {@link LanczosResampling}. */
    @JsonProperty("lanczos")
    LANCZOS;

    /** A square picture of at most the old size. */
    Picture shrink(Picture picture, int size) {
        if (picture.height() == size && picture.width() == size) {
            return picture;
        }
        byte[] pixels = this == AREA ? AreaResampling.shrink(picture, size) : LanczosResampling.shrink(picture, size);
        return new Picture(size, size, picture.channels(), pixels);
    }

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
