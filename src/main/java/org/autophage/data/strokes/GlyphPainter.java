package org.autophage.data.strokes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * Draws glyphs with Java2D: white on black, antialiased, one image at a time on a canvas that is used again. Not for
 * several threads.
 *
 * <p>The outline handed to Java2D consists of straight edges only, one quadrilateral for each short piece of a stroke
 * and one polygon for each joint, all turning the same way so that together they fill their union. That leaves Java2D
 * no curve to flatten and no stroke to widen, which it does differently in different versions, and lets the pen grow
 * thicker along a stroke. Angles go through {@link StrictMath}; all else is arithmetic that Java defines to the bit.
 */
final class GlyphPainter {
    /** Half the height of a glyph of scale 1, as a fraction of the image's size. */
    private static final double HALF_HEIGHT = 0.36;

    /** Black on each side that a glyph leaves at least, as a fraction of the image's size. */
    private static final double MARGIN = 0.03;

    /** How far a glyph's centre is moved from the image's centre at most, as a fraction of the image's size. */
    private static final double MAX_SHIFT = 0.08;

    /** Corners of the polygon that stands for the round pen at a joint. */
    private static final double[][] PEN = regularPolygon(12);

    private final int size;
    private final int stepsPerPoint;
    private final byte[] canvas;
    private final Graphics2D graphics;
    private final Path2D.Double outline = new Path2D.Double(Path2D.WIND_NON_ZERO, 2048);

    /** A painter of images with this many rows and columns. */
    GlyphPainter(int size) {
        this.size = size;
        this.stepsPerPoint = size < 32 ? 4 : 8;
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        canvas = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
    }

    /** Draws a glyph into {@code pixels}, which holds size × size grey values from {@code offset} on, row by row. */
    void paint(GlyphFactors factors, byte[] pixels, int offset) {
        GlyphSkeleton skeleton = GlyphSkeleton.of(factors.label(), factors.variant());
        double[][][] lines = new double[skeleton.strokes().size()][][];
        for (int i = 0; i < lines.length; i++) {
            GlyphSkeleton.Stroke stroke = skeleton.strokes().get(i);
            lines[i] = flatten(placed(stroke, factors), stroke.closed());
        }
        fit(lines, factors);
        Arrays.fill(canvas, (byte) 0);
        outline.reset();
        for (double[][] line : lines) {
            trace(line, factors);
        }
        graphics.fill(outline);
        System.arraycopy(canvas, 0, pixels, offset, canvas.length);
    }

    /** The stroke's points, deformed, slanted, rotated and scaled, around the origin, in pixels: x and y. */
    private double[][] placed(GlyphSkeleton.Stroke stroke, GlyphFactors factors) {
        double lean = StrictMath.tan(factors.slant());
        double cos = StrictMath.cos(factors.rotation());
        double sin = StrictMath.sin(factors.rotation());
        double unit = size * HALF_HEIGHT * factors.scale();
        int count = stroke.x().length;
        double[] x = new double[count];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            double u = stroke.x()[i];
            double v = stroke.y()[i];
            double bent = u * (1 - factors.pinch() * v)
                    + factors.bow() * (v * v - 0.5)
                    + factors.sway() * v * (1 - v * v) * 2;
            double down = v + factors.sag() * (3 * u * u - 0.5) + factors.balance() * (1 - v * v);
            double across = bent * factors.aspect() - lean * down;
            x[i] = unit * (cos * across - sin * down);
            y[i] = unit * (sin * across + cos * down);
        }
        return new double[][] {x, y};
    }

    /** A line of short straight pieces along the Catmull-Rom spline through the points. */
    private double[][] flatten(double[][] points, boolean closed) {
        int count = points[0].length;
        if (count == 2) {
            return points;
        }
        int spans = closed ? count : count - 1;
        double[][] line = new double[2][spans * stepsPerPoint + 1];
        for (int axis = 0; axis < 2; axis++) {
            double[] p = points[axis];
            for (int span = 0; span < spans; span++) {
                double before = p[closed ? (span + count - 1) % count : Math.max(span - 1, 0)];
                double from = p[span];
                double to = p[(span + 1) % count];
                double after = p[closed ? (span + 2) % count : Math.min(span + 2, count - 1)];
                for (int step = 0; step < stepsPerPoint; step++) {
                    double t = (double) step / stepsPerPoint;
                    line[axis][span * stepsPerPoint + step] = catmullRom(before, from, to, after, t);
                }
            }
            line[axis][spans * stepsPerPoint] = p[spans % count];
        }
        return line;
    }

    /** The cubic from {@code from} to {@code to} whose slopes at both are half the step between their neighbours. */
    private static double catmullRom(double before, double from, double to, double after, double t) {
        double slope = to - before;
        double bend = 2 * before - 5 * from + 4 * to - after;
        double twist = 3 * (from - to) + after - before;
        return from + 0.5 * t * (slope + t * (bend + t * twist));
    }

    /** Shrinks the lines where they are too large for the image, and moves them to their place in it. */
    private void fit(double[][][] lines, GlyphFactors factors) {
        double room = size * (1 - 2 * MARGIN - factors.thickness());
        double[] shift = {factors.shiftX(), factors.shiftY()};
        for (int axis = 0; axis < 2; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double[][] line : lines) {
                for (double value : line[axis]) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
            double shrink = Math.min(1, room / (high - low));
            double free = room - (high - low) * shrink;
            double centre = 0.5 * size + shift[axis] * Math.min(0.5 * free, MAX_SHIFT * size);
            double middle = 0.5 * (low + high);
            for (double[][] line : lines) {
                double[] values = line[axis];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (values[i] - middle) * shrink + centre;
                }
            }
        }
    }

    /** Adds what the pen covers along a line to the outline. */
    private void trace(double[][] line, GlyphFactors factors) {
        double[] x = line[0];
        double[] y = line[1];
        int last = x.length - 1;
        double radius = 0.5 * size * factors.thickness();
        for (int i = 0; i <= last; i++) {
            double here = radius * (1 + factors.taper() * ((double) i / last - 0.5));
            outline.moveTo(x[i] + here * PEN[0][0], y[i] + here * PEN[0][1]);
            for (int corner = 1; corner < PEN.length; corner++) {
                outline.lineTo(x[i] + here * PEN[corner][0], y[i] + here * PEN[corner][1]);
            }
            outline.closePath();
            if (i == last) {
                continue;
            }
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double length = Math.sqrt(dx * dx + dy * dy);
            if (length > 0) {
                double next = radius * (1 + factors.taper() * ((i + 1.0) / last - 0.5));
                double normalX = dy / length;
                double normalY = -dx / length;
                outline.moveTo(x[i] + here * normalX, y[i] + here * normalY);
                outline.lineTo(x[i + 1] + next * normalX, y[i + 1] + next * normalY);
                outline.lineTo(x[i + 1] - next * normalX, y[i + 1] - next * normalY);
                outline.lineTo(x[i] - here * normalX, y[i] - here * normalY);
                outline.closePath();
            }
        }
    }

    /** Corners in the order of growing angle from x to y, which is how the quadrilaterals of a line turn too. */
    private static double[][] regularPolygon(int corners) {
        double[][] polygon = new double[corners][2];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * StrictMath.PI * i / corners;
            polygon[i][0] = StrictMath.cos(angle);
            polygon[i][1] = StrictMath.sin(angle);
        }
        return polygon;
    }
}
