package org.autophage.data.strokes;

import org.autophage.data.CounterRandom;

/**
 * The generative factors of one drawn glyph: everything that decides its image besides the size in pixels. They are
 * the ground truth that a study of lost diversity can compare with.
 *
 * @param label the class, 0 to 9
 * @param variant which of the class's skeletons, such as a seven with or without a bar
 * @param slant angle by which upright strokes lean, radians, positive to the right
 * @param rotation of the whole glyph, radians, positive clockwise
 * @param scale height of the glyph relative to the usual one
 * @param aspect width of the glyph relative to the usual one
 * @param thickness diameter of the pen, as a fraction of the image's size
 * @param taper how much thicker the pen is where a stroke ends than where it begins, as a fraction
 * @param shiftX place in the room left and right of the glyph, -1 to 1
 * @param shiftY place in the room above and below the glyph, -1 to 1
 * @param bow bends the vertical axis into an arc, in half-heights
 * @param sway bends the vertical axis into an S, in half-heights
 * @param pinch widens the upper half and narrows the lower one, as a fraction
 * @param sag lowers left and right against the middle, in half-heights
 * @param balance moves the waist down, in half-heights
 */
public record GlyphFactors(
        int label,
        int variant,
        double slant,
        double rotation,
        double scale,
        double aspect,
        double thickness,
        double taper,
        double shiftX,
        double shiftY,
        double bow,
        double sway,
        double pinch,
        double sag,
        double balance) {
    /** Mean of the slant. */
    static final double SLANT = 0.10;

    /** Mean of the thickness. */
    static final double THICKNESS = 0.105;

    /** Draws the factors of a glyph of this class; the order of the draws is part of what image i is. */
    static GlyphFactors draw(int label, CounterRandom random) {
        return new GlyphFactors(
                label,
                random.below(GlyphSkeleton.variants(label)),
                SLANT + 0.15 * random.bell(),
                0.06 * random.bell(),
                1 + 0.07 * random.bell(),
                1 + 0.11 * random.bell(),
                THICKNESS * (1 + 0.17 * random.bell()),
                0.13 * random.bell(),
                random.symmetric(),
                random.symmetric(),
                0.07 * random.bell(),
                0.08 * random.bell(),
                0.10 * random.bell(),
                0.05 * random.bell(),
                0.06 * random.bell());
    }

    /** The same glyph with some of its factors moved by so much. */
    GlyphFactors moved(double bySlant, double byRotation, double byScale, double byAspect, double byThickness) {
        return new GlyphFactors(
                label,
                variant,
                slant + bySlant,
                rotation + byRotation,
                scale + byScale,
                aspect + byAspect,
                thickness + byThickness,
                taper,
                shiftX,
                shiftY,
                bow,
                sway,
                pinch,
                sag,
                balance);
    }
}
