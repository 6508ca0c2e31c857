package org.autophage.report.plot;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where things lie in a drawing: on a page, which scales it to its width, in pixels; in a paper in points (1/72 inch).
 *
 * @param width of the whole
 * @param left where the plot begins, right of the vertical axis' numbers
 * @param margin right of the plot
 * @param top where the plot begins
 * @param plot height of a plot of lines
 * @param row height of a map's row, as long as the map is not lower or higher than the next two
 * @param leastMap height of a map
 * @param mostMap height of a map
 * @param axis room below the plot for the horizontal axis
 * @param across room that a number needs beside another on an axis
 * @param upwards room that a number needs above another
 * @param cell width of a map's cell from which on its value is written into it
 */
public record Frame(
        double width,
        double left,
        double margin,
        double top,
        double plot,
        double row,
        double leastMap,
        double mostMap,
        double axis,
        double across,
        double upwards,
        double cell) {
    /** On a page. */
    public static final Frame PAGE = new Frame(760, 76, 12, 10, 300, 52, 180, 460, 52, 30, 14, 34);

    /** In a column of a paper, 3.3 inches wide, with text of {@link Drawing#TEXT} points. */
    public static final Frame COLUMN = new Frame(237.6, 38, 5, 6, 125, 22, 75, 180, 27, 18, 10, 24);

    /** Where the plot ends. */
    public double right() {
        return width - margin;
    }

    /** The plot's middle. */
    public double middle() {
        return (left + right()) / 2;
    }

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
