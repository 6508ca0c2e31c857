package org.autophage.report.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A number over two axes: a rectangle a value, each as wide and high as its band of the axes, and the line on which the
 * interpolated number has one level. Lengths are those of the frame.
 *
 * @param frame where things lie
 * @param height of the whole drawing
 * @param bottom where the plot ends and the horizontal axis begins
 * @param x the horizontal axis
 * @param y the vertical axis, upwards
 * @param cells the rectangles
 * @param columns marks of the horizontal axis
 * @param rows marks of the vertical axis
 * @param level the path of the contour; empty where there is none
 * @param key the colours, from the least value to the greatest
 */
public record HeatMap(
        Frame frame,
        double height,
        double bottom,
        PlotAxis x,
        PlotAxis y,
        List<Cell> cells,
        List<Tick> columns,
        List<Tick> rows,
        String level,
        List<Swatch> key) {
    private static final int SMOOTHING = 12;

    /** A rectangle. */
    public record Cell(
            String x,
            String y,
            String width,
            String height,
            String middleX,
            String middleY,
            String fill,
            String ink,
            String text,
            String title) {}

    /** A colour of the key and the value that it stands for, written for some of them. */
    public record Swatch(String colour, String text) {}

    /**
     * Lays a map out.
     *
     * @param places a value a pair of the axes' values; pairs that are missing, or whose value is NaN, stay empty
     * @param level whose contour is drawn, if any
     */
    public static HeatMap of(
            Frame frame, PlotAxis x, PlotAxis y, List<Place> places, ColourScale colours, OptionalDouble level) {
        double plot = Math.max(
                frame.leastMap(),
                Math.min(frame.mostMap(), frame.row() * y.values().size()));
        double bottom = frame.top() + plot;
        double[] across = Frame.spread(x.borders(), frame.left(), frame.right());
        double[] up = Frame.spread(y.borders(), bottom, frame.top());
        double[][] values = new double[y.values().size()][x.values().size()];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
        List<Cell> cells = new ArrayList<>();
        for (Place place : places) {
            int column = x.values().indexOf(place.x());
            int row = y.values().indexOf(place.y());
            if (!Double.isNaN(place.value())) {
                values[row][column] = place.value();
                cells.add(cell(place, across[column], across[column + 1], up[row + 1], up[row], colours, frame.cell()));
            }
        }
        double[] centresX = Frame.centres(x, frame.left(), frame.right());
        double[] centresY = Frame.centres(y, bottom, frame.top());
        return new HeatMap(
                frame,
                bottom + frame.axis(),
                bottom,
                x,
                y,
                cells,
                Tick.of(x, centresX, frame.across()),
                Tick.of(y, centresY, frame.upwards()),
                level.isPresent() ? path(centresX, centresY, values, level.getAsDouble()) : "",
                colours.stops().stream()
                        .map(stop -> new Swatch(colours.css(stop), String.format(Locale.ROOT, "%.2g", stop)))
                        .toList());
    }

    private static Cell cell(
            Place place, double left, double right, double top, double bottom, ColourScale colours, double least) {
        boolean room = right - left >= least;
        return new Cell(
                Frame.pixels(left),
                Frame.pixels(top),
                Frame.pixels(right - left),
                Frame.pixels(bottom - top),
                Frame.pixels((left + right) / 2),
                Frame.pixels((top + bottom) / 2),
                colours.css(place.value()),
                colours.ink(place.value()),
                room ? place.text() : "",
                place.title());
    }

    /** The contour through the cells' centres, of the logarithm where that exists, because ratios are what is drawn. */
    private static String path(double[] x, double[] y, double[][] values, double level) {
        boolean positive = level > 0
                && Arrays.stream(values).flatMapToDouble(Arrays::stream).noneMatch(value -> value <= 0);
        double[][] heights = Arrays.stream(values)
                .map(row -> Arrays.stream(row)
                        .map(value -> positive ? Math.log(value / level) : value - level)
                        .toArray())
                .toArray(double[][]::new);
        return Contour.ofInterpolated(x, y, heights, 0, SMOOTHING).stream()
                .map(line -> line.stream()
                        .map(point -> Frame.pixels(point.x()) + " " + Frame.pixels(point.y()))
                        .collect(Collectors.joining(" L", "M", "")))
                .collect(Collectors.joining(" "));
    }
}
