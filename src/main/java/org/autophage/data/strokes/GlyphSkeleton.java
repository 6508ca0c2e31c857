package org.autophage.data.strokes;

import java.util.List;

/**
 * The strokes of a digit, as a pen would draw them. Coordinates: x to the right, about -0.6 to 0.6; y downwards, -1 (top)
 * to 1 (bottom).
 *
 * @param strokes in the order of writing
 */
record GlyphSkeleton(List<Stroke> strokes) {
    /** Classes: the ten digits. */
    static final int CLASSES = 10;

    /**
     * A smooth curve through points.
     *
     * @param closed whether it returns to its first point
     * @param x of the points
     * @param y of the points
     */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, never written to after construction
    record Stroke(boolean closed, double[] x, double[] y) {}

    static int variants(int label) {
        return DIGITS.get(label).size();
    }

    static GlyphSkeleton of(int label, int variant) {
        return DIGITS.get(label).get(variant);
    }

    private static final List<List<GlyphSkeleton>> DIGITS = List.of(
            List.of(glyph(loop(0, -1, -.42, -.74, -.58, 0, -.42, .74, 0, 1, .42, .74, .58, 0, .42, -.74))),
            List.of(
                    glyph(curve(0, -1, 0, 1)),
                    glyph(curve(-.36, -.6, .06, -1), curve(.06, -1, .06, 1)),
                    glyph(curve(-.36, -.6, .06, -1), curve(.06, -1, .06, 1), curve(-.42, 1, .5, 1))),
            List.of(
                    glyph(
                            curve(-.52, -.58, -.32, -.9, .08, -1, .44, -.78, .46, -.38, .16, .12, -.55, 1),
                            curve(-.55, 1, .6, 1)),
                    glyph(curve(
                            -.5, -.66, -.2, -.97, .22, -.95, .46, -.58, .3, -.1, -.1, .5, -.42, .92, -.62, .78, -.36,
                            .62, .06, .86, .36, .98, .62, .8))),
            List.of(
                    glyph(
                            curve(-.5, -.75, -.15, -1, .28, -.92, .45, -.56, .26, -.16, -.12, -.04),
                            curve(-.12, -.04, .36, .1, .54, .5, .32, .88, -.1, 1, -.54, .76)),
                    glyph(
                            curve(-.5, -1, .48, -1),
                            curve(.48, -1, -.06, -.24),
                            curve(-.06, -.24, .36, -.08, .54, .4, .32, .86, -.1, 1, -.54, .76))),
            List.of(
                    glyph(curve(-.4, -1, -.58, .16), curve(-.58, .16, .6, .16), curve(.3, -.6, .22, 1)),
                    glyph(curve(.24, -1, -.62, .38), curve(-.62, .38, .64, .38), curve(.24, -1, .24, 1))),
            List.of(
                    glyph(
                            curve(.5, -1, -.38, -1),
                            curve(-.38, -1, -.46, -.16),
                            curve(-.46, -.16, -.08, -.32, .36, -.18, .55, .28, .38, .8, -.06, 1, -.54, .78)),
                    glyph(
                            curve(.56, -.98, .1, -.9, -.3, -.96),
                            curve(-.3, -.96, -.44, -.2, .12, -.2, .5, .16, .44, .72, .02, 1, -.5, .9))),
            List.of(
                    glyph(curve(
                            .42, -.94, -.04, -.7, -.4, -.14, -.5, .42, -.28, .9, .12, 1, .46, .74, .46, .34, .16, .06,
                            -.22, .16, -.48, .5)),
                    glyph(curve(
                            .08, -1, -.28, -.5, -.46, .1, -.46, .6, -.16, .96, .26, .94, .5, .6, .36, .26, 0, .2, -.42,
                            .56))),
            List.of(
                    glyph(curve(-.56, -1, .56, -1), curve(.56, -1, .2, -.3, -.06, .36, -.16, 1)),
                    glyph(
                            curve(-.56, -1, .56, -1),
                            curve(.56, -1, .2, -.3, -.06, .36, -.16, 1),
                            curve(-.32, .04, .46, .04))),
            List.of(
                    glyph(loop(
                            .38, -.8, 0, -1, -.38, -.8, -.34, -.4, 0, -.06, .42, .34, .46, .76, 0, 1, -.46, .76, -.42,
                            .34, 0, -.06, .34, -.4)),
                    glyph(
                            loop(0, -1, -.28, -.86, -.38, -.54, -.28, -.2, 0, -.06, .28, -.2, .38, -.54, .28, -.86),
                            loop(0, -.06, .38, .1, .52, .48, .38, .84, 0, 1, -.38, .84, -.52, .48, -.38, .1))),
            List.of(
                    glyph(
                            curve(
                                    .46, -.56, .24, -.93, -.14, -1, -.46, -.72, -.44, -.3, -.12, -.06, .26, -.2, .46,
                                    -.56),
                            curve(.46, -.56, .42, .1, .28, 1)),
                    glyph(
                            curve(
                                    .46, -.56, .24, -.93, -.14, -1, -.46, -.72, -.44, -.3, -.12, -.06, .26, -.2, .46,
                                    -.56),
                            curve(.46, -.56, .5, .1, .4, .66, .06, .99, -.4, .84))));

    private static GlyphSkeleton glyph(Stroke... strokes) {
        return new GlyphSkeleton(List.of(strokes));
    }

    /** A curve from the first point to the last, given as x, y, x, y, …; through two points it is straight. */
    private static Stroke curve(double... points) {
        return stroke(false, points);
    }

    /** A curve that closes smoothly. */
    private static Stroke loop(double... points) {
        return stroke(true, points);
    }

    private static Stroke stroke(boolean closed, double[] points) {
        double[] x = new double[points.length / 2];
        double[] y = new double[points.length / 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = points[2 * i];
            y[i] = points[2 * i + 1];
        }
        return new Stroke(closed, x, y);
    }
}
