package org.autophage.report.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.plot.ColourScale;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.FigureDrawing;
import org.autophage.report.plot.Frame;
import org.autophage.report.plot.HeatMap;
import org.autophage.report.plot.LinePlot;
import org.autophage.report.plot.Place;
import org.autophage.report.plot.PlotAxis;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.SweepKey;
import org.autophage.report.records.SweepRuns;

/**
 * The figures of a sweep. Where two numeric keys have three values or more each, the first two of them span a map, one
 * for every combination of the other keys; otherwise the numeric key with most values is the axis of a plot with a line
 * for every combination. The cells of one map's row, or of one line, share a plot of their generations.
 */
final class SweepFigures {
    /** Values of an axis from which on a map shows more than lines do. */
    private static final int LEAST_FOR_MAP = 3;

    private final SweepRuns sweep;
    private final SweepQuantity quantity;
    private final Frame frame;
    private final List<SweepKey> axes;

    SweepFigures(SweepRuns sweep, SweepQuantity quantity, Frame frame) {
        this.frame = frame;
        this.sweep = sweep;
        this.quantity = quantity;
        this.axes = axes(sweep.keys());
    }

    private static List<SweepKey> axes(List<SweepKey> keys) {
        List<SweepKey> numeric = keys.stream().filter(SweepKey::isAxis).toList();
        List<SweepKey> wide = numeric.stream()
                .filter(key -> key.values().size() >= LEAST_FOR_MAP)
                .toList();
        if (wide.size() >= 2) {
            return wide.subList(0, 2);
        }
        return numeric.stream()
                .max(Comparator.comparingInt(key -> key.values().size()))
                .map(List::of)
                .orElse(List.of());
    }

    /** Heat maps, by the values of the keys that they are not over. */
    List<SweepView.MapFigure> maps() {
        if (axes.size() < 2) {
            return List.of();
        }
        PlotAxis x = axis(axes.get(0));
        PlotAxis y = axis(axes.get(1));
        ColourScale colours = colours();
        List<SweepView.MapFigure> maps = new ArrayList<>();
        groups(without(axes)).forEach((title, cells) -> {
            List<Place> places = cells.stream().map(this::place).toList();
            HeatMap map = HeatMap.of(frame, x, y, places, colours, quantity.reference());
            maps.add(new SweepView.MapFigure(title, description(cells), map));
        });
        return maps;
    }

    /** Lines over the one numeric key; none where there are maps, or no numeric key. */
    List<SweepView.LineFigure> lines() {
        if (axes.size() != 1) {
            return List.of();
        }
        List<LinePlot.Values> conditions = new ArrayList<>();
        groups(without(axes))
                .forEach((label, cells) -> conditions.add(new LinePlot.Values(
                        label, cells.stream().map(this::place).toList())));
        LinePlot plot = LinePlot.of(frame, axis(axes.get(0)), quantity.label(), conditions, quantity.reference());
        return List.of(new SweepView.LineFigure(description(sweep.cells()), plot));
    }

    /**
     * Maps or lines as figures of a paper, by names for their files.
     *
     * @param compared what the values are compared with, in words; empty where there is nothing
     * @param when the generation that they are of, in a sentence
     */
    Map<String, Drawing> drawings(String compared, String when) {
        Map<String, Drawing> drawings = new LinkedHashMap<>();
        for (SweepView.MapFigure map : maps()) {
            String title = quantity.label() + (map.title().isEmpty() ? "" : ", " + map.title());
            String name = map.title().isEmpty() ? "map" : "map-" + map.title();
            String caption = quantity.meaning() + " " + when + "."
                    + (compared.isEmpty() || map.map().level().isEmpty()
                            ? ""
                            : " Line: " + compared + ", interpolated.");
            drawings.put(name, FigureDrawing.of(map.map(), quantity.label(), compared, title, caption));
        }
        for (SweepView.LineFigure line : lines()) {
            String caption = quantity.meaning() + " " + when + ". Bars: 95% intervals."
                    + (compared.isEmpty() ? "" : " Dashed: " + compared + ".");
            drawings.put(
                    "lines",
                    FigureDrawing.of(line.plot(), FigureDrawing.Interval.BARS, List.of(), quantity.label(), caption));
        }
        return drawings;
    }

    /** Which cells share a plot of their generations: those that differ in the first axis only. */
    List<SweepView.Curves> curves() {
        List<SweepKey> along = axes.isEmpty() ? sweep.keys() : axes.subList(0, 1);
        List<SweepView.Curves> curves = new ArrayList<>();
        groups(without(along)).forEach((title, cells) -> {
            String runs = cells.stream()
                    .map(cell -> String.valueOf(sweep.cells().indexOf(cell)))
                    .collect(Collectors.joining(","));
            List<String> labels = cells.stream().map(cell -> cell.label(along)).toList();
            curves.add(new SweepView.Curves(title, runs, labels, description(cells)));
        });
        return curves;
    }

    /** The lowest and the highest of some cells, in words. */
    private String description(List<SweepRuns.Cell> cells) {
        List<SweepRuns.Cell> measured = cells.stream()
                .filter(cell -> quantity.of(cell.run()).isPresent())
                .sorted(Comparator.comparingDouble(
                        cell -> quantity.of(cell.run()).mean()))
                .toList();
        if (measured.isEmpty()) {
            return quantity.label() + ": nothing has finished yet.";
        }
        SweepRuns.Cell lowest = measured.get(0);
        SweepRuns.Cell highest = measured.get(measured.size() - 1);
        return "%s of %d cells, from %s (%s) to %s (%s). The table of all cells has every value."
                .formatted(
                        quantity.label(),
                        measured.size(),
                        quantity.format(quantity.of(lowest.run())),
                        lowest.label(sweep.keys()),
                        quantity.format(quantity.of(highest.run())),
                        highest.label(sweep.keys()));
    }

    private List<SweepKey> without(List<SweepKey> some) {
        return sweep.keys().stream().filter(key -> !some.contains(key)).toList();
    }

    /** Cells by their values of some keys: one group, without a title, for no keys. */
    private Map<String, List<SweepRuns.Cell>> groups(List<SweepKey> keys) {
        List<SweepKey> telling =
                keys.stream().filter(key -> key.values().size() > 1).toList();
        return sweep.cells().stream()
                .collect(Collectors.groupingBy(cell -> cell.label(telling), LinkedHashMap::new, Collectors.toList()));
    }

    private static PlotAxis axis(SweepKey key) {
        List<Double> values =
                key.values().stream().map(value -> value.asDouble()).toList();
        return PlotAxis.of(key.label(), values);
    }

    private ColourScale colours() {
        List<Double> values = sweep.cells().stream()
                .map(cell -> quantity.of(cell.run()))
                .filter(Estimate::isPresent)
                .map(Estimate::mean)
                .toList();
        OptionalDouble reference = quantity.reference();
        return reference.isPresent()
                ? ColourScale.around(reference.getAsDouble(), values)
                : ColourScale.growing(values);
    }

    private Place place(SweepRuns.Cell cell) {
        Estimate estimate = quantity.of(cell.run());
        String value = estimate.isPresent() ? quantity.format(estimate) : "nothing yet";
        String unfinished = cell.isFinished() ? "" : " (" + cell.state() + ")";
        return new Place(
                cell.value(axes.get(0)).asDouble(),
                axes.size() > 1 ? cell.value(axes.get(1)).asDouble() : 0,
                estimate.mean(),
                estimate.hasInterval() ? OptionalDouble.of(estimate.halfWidth()) : OptionalDouble.empty(),
                estimate.isPresent() ? MetricFormat.of(quantity.metric(), estimate.mean()) : "",
                cell.label(sweep.keys()) + ": " + quantity.label() + " " + value + unfinished);
    }
}
