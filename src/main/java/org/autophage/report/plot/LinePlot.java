package org.autophage.report.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A number over one axis: a line a condition, with the intervals of its values. Lengths are those of the frame.
 *
 * @param frame where things lie
 * @param height of the whole drawing
 * @param bottom where the plot ends and the horizontal axis begins
 * @param x the horizontal axis
 * @param label what the number is
 * @param lines one a condition
 * @param columns marks of the horizontal axis
 * @param rows marks of the vertical axis
 * @param reference where the line lies that values are compared with; empty where there is none
 */
public record LinePlot(
        Frame frame,
        double height,
        double bottom,
        PlotAxis x,
        String label,
        List<Line> lines,
        List<Tick> columns,
        List<Tick> rows,
        String reference) {
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
    public static LinePlot of(
            Frame frame, PlotAxis x, String label, List<Values> conditions, OptionalDouble reference) {
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
        double bottom = frame.top() + frame.plot();
        Vertical vertical = value -> Frame.pixels(bottom - (bottom - frame.top()) * (value - low) / (high - low));
        double[] pixels = Frame.centres(x, frame.left(), frame.right());
        List<Line> lines = new ArrayList<>();
        for (Values values : conditions) {
            List<Mark> marks = values.places().stream()
                    .filter(place -> !Double.isNaN(place.value()))
                    .sorted(Comparator.comparingDouble(Place::x))
                    .map(place -> mark(place, pixels[x.values().indexOf(place.x())], vertical))
                    .toList();
            String path =
                    marks.stream().map(mark -> mark.x() + " " + mark.y()).collect(Collectors.joining(" L", "M", ""));
            lines.add(new Line(values.label(), marks.isEmpty() ? "" : path, marks));
        }
        return new LinePlot(
                frame,
                bottom + frame.axis(),
                bottom,
                x,
                label,
                lines,
                Tick.of(x, pixels, frame.across()),
                rows(low, high, vertical),
                reference.isPresent() ? vertical.of(reference.getAsDouble()) : "");
    }

    /** Where a value lies. */
    @FunctionalInterface
    private interface Vertical {
        String of(double value);
    }

    private static Mark mark(Place place, double x, Vertical vertical) {
        double error = place.error().orElse(0);
        return new Mark(
                Frame.pixels(x),
                vertical.of(place.value()),
                vertical.of(place.value() - error),
                vertical.of(place.value() + error),
                place.title());
    }

    /** Marks at multiples of 1, 2 or 5 times a power of ten. */
    private static List<Tick> rows(double low, double high, Vertical vertical) {
        double rough = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(each -> each >= rough)
                .findFirst()
                .orElse(10 * power);
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            ticks.add(new Tick(vertical.of(i * step), PlotAxis.text(i * step)));
        }
        return ticks;
    }
}
