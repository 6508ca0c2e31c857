package org.autophage.report.plot;

import java.util.List;

/**
 * A figure of a paper as shapes, what SVG and PDF are written from. Lengths are points (1/72 inch) from its upper left
 * corner; the background is white.
 *
 * @param title what it shows, in a few words
 * @param description its caption: what lines, bands and colours mean
 * @param width of the whole
 * @param height of the whole
 * @param shapes from back to front
 */
public record Drawing(String title, String description, double width, double height, List<Shape> shapes) {
    /** Size of text, in points. */
    public static final double TEXT = 8;

    /** The colour of text and axes. */
    static final String INK = "#1d2025";

    /** The colour of lines that only guide the eye. */
    static final String FAINT = "#d5d8dd";

    /** Colours of conditions, those of a page in the same order, readable without colour vision. */
    private static final List<String> SERIES =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a06a00", "#56b4e9", "#45484d");

    /** Dashes of conditions, those of a page at half their length. */
    private static final List<List<Double>> DASHES = List.of(
            List.of(),
            List.of(4.0, 2.0),
            List.of(1.0, 1.5),
            List.of(5.0, 1.5, 1.0, 1.5),
            List.of(2.5, 1.0),
            List.of(7.0, 2.0),
            List.of(0.5, 1.0));

    public Drawing {
        shapes = List.copyOf(shapes);
    }

    /** What a drawing consists of. */
    public sealed interface Shape {}

    /** A place. */
    public record Point(double x, double y) {}

    /** How a line is drawn; the lengths of dashes and of gaps in turn, none for a whole line. */
    public record Pen(String colour, double width, List<Double> dashes) {
        static Pen solid(String colour, double width) {
            return new Pen(colour, width, List.of());
        }

        /** That of a condition. */
        public static Pen of(int condition) {
            return new Pen(Drawing.colour(condition), 1.2, DASHES.get(condition % DASHES.size()));
        }
    }

    /** The colour of a condition. */
    public static String colour(int condition) {
        return SERIES.get(condition % SERIES.size());
    }

    /** A filled rectangle. */
    public record Rectangle(double x, double y, double width, double height, String fill) implements Shape {}

    /** A line through points. */
    public record Stroke(List<Point> points, Pen pen) implements Shape {}

    /** A filled area, from 0 for transparent to 1. */
    public record Area(List<Point> points, String fill, double opacity) implements Shape {}

    /** A filled circle. */
    public record Dot(double x, double y, double radius, String fill) implements Shape {}

    /** Where a text's given place is. */
    public enum Anchor {
        START("start", 0),
        MIDDLE("middle", 0.5),
        END("end", 1);

        final String svg;
        final double share;

        Anchor(String svg, double share) {
            this.svg = svg;
            this.share = share;
        }
    }

    /** A line of text on a baseline; it may run upwards. */
    public record Writing(double x, double y, String text, double size, String fill, Anchor anchor, boolean upwards)
            implements Shape {}

    /** A PNG picture, stretched into a rectangle without smoothing. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Picture(double x, double y, double width, double height, byte[] png) implements Shape {}
}
