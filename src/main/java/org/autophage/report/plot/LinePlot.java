package org.autophage.report.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A number over one axis: a line a condition, with the intervals of its values. Lengths are pixels of the drawing.
 *
 * @param height of the whole drawing, which is {@link Frame#WIDTH} wide
 * @param bottom where the plot ends and the horizontal axis begins
 * @param x the horizontal axis
 * @param label what the number is
 * @param lines one a condition
 * @param columns marks of the horizontal axis
 * @param rows marks of the vertical axis
 * @param reference where the line lies that values are compared with; empty where there is none
 */
public record LinePlot(
        double height,
        double bottom,
        PlotAxis x,
        String label,
        List<Line> lines,
        List<Tick> columns,
        List<Tick> rows,
        String reference) {
    private static final int PLOT = 300;
    private static final int TICKS = 5;
    private static final double MARGIN = 0.06;

    /**
     * The values of one condition.
     *
     * @param label its name; empty where there is one condition only
     * @param path through the values
     * @param marks the values
     */
    public record Line(String label, String path, List<Mark> marks) {}

    /** A value, and from where to where its interval is; the same place twice where it has none. */
    public record Mark(String x, String y, String low, String high, String title) {}

    /** The values of one condition, to be laid out. */
    public record Values(String label, List<Place> places) {}

    /**
     * Lays a plot out. The vertical axis holds all values, their intervals and the reference; it begins at 0 where nothing
     * is below.
     */
    public static LinePlot of(PlotAxis x, String label, List<Values> conditions, OptionalDouble reference) {
        List<Place> all = conditions.stream()
                .flatMap(values -> values.places().stream())
                .filter(place -> !Double.isNaN(place.value()))
                .toList();
        double[] extremes = DoubleStream.concat(
                        reference.stream(),
                        all.stream()
                                .flatMapToDouble(place -> DoubleStream.of(
                                        place.value() - place.error().orElse(0),
                                        place.value() + place.error().orElse(0))))
                .toArray();
        double least = DoubleStream.of(extremes).min().orElse(0);
        double most = DoubleStream.of(extremes).max().orElse(1);
        double margin = MARGIN * (most > least ? most - least : 1);
        double low = least >= 0 ? 0 : least - margin;
        double high = most + margin;
        double bottom = Frame.TOP + PLOT;
        double[] pixels = Frame.centres(x, Frame.LEFT, Frame.RIGHT);
        List<Line> lines = new ArrayList<>();
        for (Values values : conditions) {
            List<Mark> marks = values.places().stream()
                    .filter(place -> !Double.isNaN(place.value()))
                    .sorted(Comparator.comparingDouble(Place::x))
                    .map(place -> mark(place, pixels[x.values().indexOf(place.x())], low, high, bottom))
                    .toList();
            String path =
                    marks.stream().map(mark -> mark.x() + " " + mark.y()).collect(Collectors.joining(" L", "M", ""));
            lines.add(new Line(values.label(), marks.isEmpty() ? "" : path, marks));
        }
        return new LinePlot(
                bottom + Frame.AXIS,
                bottom,
                x,
                label,
                lines,
                Tick.of(x, pixels, Tick.ACROSS),
                rows(low, high, bottom),
                reference.isPresent() ? height(reference.getAsDouble(), low, high, bottom) : "");
    }

    private static Mark mark(Place place, double x, double low, double high, double bottom) {
        double error = place.error().orElse(0);
        return new Mark(
                Frame.pixels(x),
                height(place.value(), low, high, bottom),
                height(place.value() - error, low, high, bottom),
                height(place.value() + error, low, high, bottom),
                place.title());
    }

    private static String height(double value, double low, double high, double bottom) {
        return Frame.pixels(bottom - (bottom - Frame.TOP) * (value - low) / (high - low));
    }

    /** Marks at multiples of 1, 2 or 5 times a power of ten. */
    private static List<Tick> rows(double low, double high, double bottom) {
        double rough = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(each -> each >= rough)
                .findFirst()
                .orElse(10 * power);
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            ticks.add(new Tick(height(i * step, low, high, bottom), PlotAxis.text(i * step)));
        }
        return ticks;
    }
}
