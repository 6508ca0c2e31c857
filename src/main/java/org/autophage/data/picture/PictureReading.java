package org.autophage.data.picture;

import org.jspecify.annotations.Nullable;

/**
 * How pictures become images.
 *
 * @param fit what brings them to one size; null demands that they have one
 * @param colour their channels
 * @param skipBad whether files that cannot be read are left out, each being told, instead of ending the work
 * @param skipping what a person would write to have them left out, for messages
 */
public record PictureReading(@Nullable PictureFit fit, Colour colour, boolean skipBad, String skipping) {
    /** Pictures as they are, of one size. */
    static PictureReading asTheyAre(boolean skipBad, String skipping) {
        return new PictureReading(null, Colour.AUTO, skipBad, skipping);
    }
}
