package org.autophage.report.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.report.plot.Drawing.Anchor;
import org.autophage.report.plot.Drawing.Pen;
import org.autophage.report.plot.Drawing.Point;

/** Plots and maps of a page as figures of a paper: the same layout in a column's {@link Frame}, drawn as shapes. */
public final class FigureDrawing {
    private static final double BAND = 0.18;
    private static final double SMALL = 7;
    private static final double LINE = 11;
    private static final double SWATCH = 16;

    /** From the middle of a letter down to its baseline, as a share of its size. */
    private static final double MIDDLE = 0.35;

    private final List<Drawing.Shape> shapes = new ArrayList<>();
    private final Frame frame;

    private FigureDrawing(Frame frame) {
        this.frame = frame;
    }

    /** How intervals are drawn. */
    public enum Interval {
        BAND,
        BARS
    }

    /**
     * A plot of lines, its legend below.
     *
     * @param closedFormsOf the last lines are what theory expects, and have no legend: which of the first ones each of
     *     them is of
     */
    public static Drawing of(
            LinePlot plot, Interval interval, List<Integer> closedFormsOf, String title, String description) {
        FigureDrawing figure = new FigureDrawing(plot.frame());
        figure.axes(plot.bottom(), plot.columns(), plot.rows(), plot.x(), plot.label(), true);
        if (!plot.reference().isEmpty()) {
            double y = at(plot.reference());
            figure.line(
                    List.of(
                            new Point(plot.frame().left(), y),
                            new Point(plot.frame().right(), y)),
                    new Pen(Drawing.INK, 0.8, List.of(3.5, 2.0)));
        }
        int conditions = plot.lines().size() - closedFormsOf.size();
        for (int i = 0; i < conditions; i++) {
            figure.intervals(plot.lines().get(i), i, interval);
        }
        for (int i = 0; i < plot.lines().size(); i++) {
            boolean closedForm = i >= conditions;
            int condition = closedForm ? closedFormsOf.get(i - conditions) : i;
            Pen pen = closedForm ? new Pen(Drawing.colour(condition), 0.6, List.of(2.0, 1.5)) : Pen.of(condition);
            figure.values(plot.lines().get(i), pen, !closedForm);
        }
        double height = figure.legend(
                plot.lines().subList(0, conditions).stream()
                        .map(LinePlot.Line::label)
                        .toList(),
                plot.height());
        return new Drawing(title, description, plot.frame().width(), height, figure.shapes);
    }

    /**
     * A map with the key of its colours below.
     *
     * @param compared what the contour is, in words
     */
    public static Drawing of(HeatMap map, String quantity, String compared, String title, String description) {
        FigureDrawing figure = new FigureDrawing(map.frame());
        for (HeatMap.Cell cell : map.cells()) {
            figure.shapes.add(new Drawing.Rectangle(
                    at(cell.x()), at(cell.y()), at(cell.width()), at(cell.height()), cell.fill()));
        }
        figure.contour(map.level());
        for (HeatMap.Cell cell : map.cells()) {
            figure.text(
                    at(cell.middleX()),
                    at(cell.middleY()) + MIDDLE * SMALL,
                    cell.text(),
                    SMALL,
                    cell.ink(),
                    Anchor.MIDDLE);
        }
        figure.axes(map.bottom(), map.columns(), map.rows(), map.x(), label(map.y()), false);
        double height = figure.key(map, quantity, map.height() + 2);
        if (!map.level().isEmpty() && !compared.isEmpty()) {
            figure.line(
                    List.of(
                            new Point(map.frame().left(), height + LINE / 2),
                            new Point(map.frame().left() + SWATCH, height + LINE / 2)),
                    Pen.solid(Drawing.INK, 1.2));
            figure.text(
                    map.frame().left() + SWATCH + 4,
                    height + LINE / 2 + MIDDLE * Drawing.TEXT,
                    compared,
                    Drawing.TEXT,
                    Drawing.INK,
                    Anchor.START);
            height += LINE + 2;
        }
        return new Drawing(title, description, map.frame().width(), height + 2, figure.shapes);
    }

    /** Marks, numbers and names of both axes. */
    private void axes(double bottom, List<Tick> columns, List<Tick> rows, PlotAxis x, String vertical, boolean guides) {
        double size = Drawing.TEXT;
        for (Tick row : rows) {
            double y = at(row.at());
            if (guides) {
                line(List.of(new Point(frame.left(), y), new Point(frame.right(), y)), Pen.solid(Drawing.FAINT, 0.5));
            }
            text(frame.left() - 4, y + MIDDLE * size, row.text(), size, Drawing.INK, Anchor.END);
        }
        for (Tick column : columns) {
            text(at(column.at()), bottom + size + 2, column.text(), size, Drawing.INK, Anchor.MIDDLE);
        }
        text(frame.middle(), bottom + 2 * size + 5, label(x), size, Drawing.INK, Anchor.MIDDLE);
        shapes.add(new Drawing.Writing(
                size + 1,
                (frame.top() + bottom) / 2,
                vertical,
                fitting(vertical, bottom - frame.top()),
                Drawing.INK,
                Anchor.MIDDLE,
                true));
    }

    /** The size of text that fits into a length; never above {@link Drawing#TEXT}. */
    private static double fitting(String text, double length) {
        return Math.min(Drawing.TEXT, Drawing.TEXT * length / Letters.width(text, Drawing.TEXT));
    }

    private static String label(PlotAxis axis) {
        return axis.label() + (axis.logarithmic() ? " (logarithmic)" : "");
    }

    private void intervals(LinePlot.Line line, int condition, Interval interval) {
        List<LinePlot.Mark> marks = line.marks().stream()
                .filter(mark -> !mark.low().equals(mark.high()))
                .toList();
        if (interval == Interval.BARS) {
            for (LinePlot.Mark mark : marks) {
                line(
                        List.of(new Point(at(mark.x()), at(mark.low())), new Point(at(mark.x()), at(mark.high()))),
                        Pen.solid(Drawing.colour(condition), 0.8));
            }
        } else if (marks.size() > 1) {
            List<Point> outline = new ArrayList<>();
            marks.forEach(mark -> outline.add(new Point(at(mark.x()), at(mark.high()))));
            for (int i = marks.size() - 1; i >= 0; i--) {
                outline.add(new Point(at(marks.get(i).x()), at(marks.get(i).low())));
            }
            shapes.add(new Drawing.Area(outline, Drawing.colour(condition), BAND));
        }
    }

    private void values(LinePlot.Line line, Pen pen, boolean dots) {
        List<Point> points = line.marks().stream()
                .map(mark -> new Point(at(mark.x()), at(mark.y())))
                .toList();
        if (points.size() > 1) {
            line(points, pen);
        }
        double apart = points.size() > 1 ? points.get(1).x() - points.get(0).x() : frame.width();
        if (dots && apart >= 8) {
            points.forEach(point -> shapes.add(new Drawing.Dot(point.x(), point.y(), 1.7, pen.colour())));
        }
    }

    /** Names of conditions in as few lines as they fit into; gives where it ends. */
    private double legend(List<String> labels, double top) {
        if (labels.size() == 1) {
            return top;
        }
        double x = frame.margin();
        double y = top + LINE / 2;
        for (int i = 0; i < labels.size(); i++) {
            double width = SWATCH + 4 + Letters.width(labels.get(i), Drawing.TEXT);
            if (x > frame.margin() && x + width > frame.width() - frame.margin()) {
                x = frame.margin();
                y += LINE;
            }
            line(List.of(new Point(x, y), new Point(x + SWATCH, y)), Pen.of(i));
            text(x + SWATCH + 4, y + MIDDLE * Drawing.TEXT, labels.get(i), Drawing.TEXT, Drawing.INK, Anchor.START);
            x += width + 8;
        }
        return y + LINE / 2 + 3;
    }

    /** The colours from the least value to the greatest; gives where it ends. */
    private double key(HeatMap map, String quantity, double top) {
        double width = 6;
        double x = frame.left();
        text(x, top + Drawing.TEXT, quantity + ":", Drawing.TEXT, Drawing.INK, Anchor.START);
        x += Letters.width(quantity + ":", Drawing.TEXT) + 5;
        List<HeatMap.Swatch> key = map.key();
        String least = key.get(0).text();
        text(x, top + Drawing.TEXT, least, Drawing.TEXT, Drawing.INK, Anchor.START);
        x += Letters.width(least, Drawing.TEXT) + 5;
        for (HeatMap.Swatch swatch : key) {
            shapes.add(new Drawing.Rectangle(x, top + 1, width, 8, swatch.colour()));
            x += width;
        }
        text(x + 4, top + Drawing.TEXT, key.get(key.size() - 1).text(), Drawing.TEXT, Drawing.INK, Anchor.START);
        return top + LINE + 1;
    }

    /** The contour's path, "M x y L x y …" a piece, dark on white so that it is seen on every colour. */
    private void contour(String path) {
        List<List<Point>> pieces = Arrays.stream(path.split("M"))
                .filter(piece -> !piece.isBlank())
                .map(piece -> Arrays.stream(piece.trim().split(" L"))
                        .map(point -> point.trim().split(" "))
                        .map(point -> new Point(at(point[0]), at(point[1])))
                        .toList())
                .toList();
        pieces.forEach(piece -> line(piece, Pen.solid("#ffffff", 2.6)));
        pieces.forEach(piece -> line(piece, Pen.solid(Drawing.INK, 1.2)));
    }

    private void line(List<Point> points, Pen pen) {
        shapes.add(new Drawing.Stroke(points, pen));
    }

    private void text(double x, double y, String text, double size, String fill, Anchor anchor) {
        if (!text.isEmpty()) {
            shapes.add(new Drawing.Writing(x, y, text, size, fill, anchor, false));
        }
    }

    private static double at(String length) {
        return Double.parseDouble(length);
    }
}
