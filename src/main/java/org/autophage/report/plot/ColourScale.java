package org.autophage.report.plot;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Colours for numbers, the same on light and on dark pages, readable without colour vision: cividis for numbers that
 * only grow, and orange to blue where there is a value to be above or below.
 */
public final class ColourScale {
    private static final int[][] CIVIDIS = {
        {0, 52, 110}, {67, 78, 108}, {125, 124, 120}, {188, 175, 111}, {255, 234, 70}
    };
    private static final int[][] ORANGE_TO_BLUE = {
        {160, 62, 0}, {226, 126, 45}, {247, 205, 160}, {246, 244, 239}, {166, 206, 232}, {62, 140, 198}, {0, 76, 132}
    };
    /** Ratios that have the last colour at the least, so that noise around the level stays pale. */
    private static final double LEAST_SPAN = Math.log(1.5);

    private static final int STOPS = 12;

    private final int[][] colours;
    private final boolean logarithmic;
    private final double low;
    private final double high;

    private ColourScale(int[][] colours, boolean logarithmic, double low, double high) {
        this.colours = colours;
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
    }

    /** Pale at a level, blue above it, orange below: by ratio, as far to one side as to the other. */
    public static ColourScale around(double level, Collection<Double> values) {
        double span = LEAST_SPAN;
        for (double value : values) {
            span = Math.max(span, value > 0 ? Math.abs(Math.log(value / level)) : 0);
        }
        return new ColourScale(ORANGE_TO_BLUE, true, Math.log(level) - span, Math.log(level) + span);
    }

    /** Dark for the least value to bright for the greatest; by ratio where all are positive and span a decade. */
    public static ColourScale growing(Collection<Double> values) {
        double least = values.stream().mapToDouble(value -> value).min().orElse(0);
        double most = values.stream().mapToDouble(value -> value).max().orElse(1);
        boolean byRatio = least > 0 && most >= 10 * least;
        return byRatio
                ? new ColourScale(CIVIDIS, true, Math.log(least), Math.log(most))
                : new ColourScale(CIVIDIS, false, least, most > least ? most : least + 1);
    }

    /** The colour of a value as CSS has it; values outside of the scale have its last colours. */
    public String css(double value) {
        int[] rgb = rgb(value);
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    }

    /** The colour of text on a value's colour: the one of black and white with more contrast. */
    public String ink(double value) {
        double luminance = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        int[] rgb = rgb(value);
        for (int i = 0; i < 3; i++) {
            double share = rgb[i] / 255.0;
            luminance += weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
        }
        // Contrast (WCAG 2) with white is 1.05 / (L + .05), with black (L + .05) / .05: equal at L = .179.
        return luminance > 0.179 ? "#111111" : "#ffffff";
    }

    /** Values from one end of the scale to the other, for its key. */
    List<Double> stops() {
        return IntStream.rangeClosed(0, STOPS)
                .mapToObj(i -> low + (high - low) * i / STOPS)
                .map(length -> logarithmic ? Math.exp(length) : length)
                .toList();
    }

    private int[] rgb(double value) {
        double length = logarithmic ? (value > 0 ? Math.log(value) : low) : value;
        double at = Math.max(0, Math.min(1, (length - low) / (high - low))) * (colours.length - 1);
        int below = Math.min(colours.length - 2, (int) at);
        int[] rgb = new int[3];
        for (int i = 0; i < 3; i++) {
            rgb[i] = (int) Math.round(colours[below][i] + (at - below) * (colours[below + 1][i] - colours[below][i]));
        }
        return rgb;
    }
}
