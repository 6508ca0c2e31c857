package org.autophage.report.plot;

import java.util.Arrays;
import java.util.Locale;

/** Where things lie in a drawing, in pixels; a page scales it to its width. */
public final class Frame {
    public static final int WIDTH = 760;
    public static final int LEFT = 76;
    public static final int RIGHT = WIDTH - 12;
    public static final int TOP = 10;

    /** Room below the plot for the horizontal axis. */
    static final int AXIS = 52;

    private Frame() {}

    /** Lengths, of which the first and the last are given places; the others lie between in proportion. */
    static double[] spread(double[] lengths, double from, double to) {
        double first = lengths[0];
        double last = lengths[lengths.length - 1];
        return Arrays.stream(lengths)
                .map(length -> from + (to - from) * (length - first) / (last - first))
                .toArray();
    }

    /** Where an axis' values lie when its bands fill the plot. */
    static double[] centres(PlotAxis axis, double from, double to) {
        double[] borders = axis.borders();
        double first = borders[0];
        double last = borders[borders.length - 1];
        return axis.values().stream()
                .mapToDouble(value -> from + (to - from) * (axis.length(value) - first) / (last - first))
                .toArray();
    }

    /** A tenth of a pixel is enough. */
    static String pixels(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }
}
