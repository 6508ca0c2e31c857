package org.autophage.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.autophage.base.AtomicFiles;

/**
 * Points as a square PNG: the first replica's first two coordinates, upwards and to the right; points of one dimension
 * against their number. The axes reach to the smallest of …, 1, 1.5, 2, 3, 4, 6, … that holds 99% of the coordinates, so
 * that pictures of neighbouring generations have the same axes unless the law itself has grown or shrunk. Equal points
 * give equal files.
 */
final class ScatterPlot {
    private static final int SIZE = 320;
    private static final double RADIUS = 1.5;
    private static final double SHOWN = 0.99;

    private ScatterPlot() {}

    static void write(Points points, Path file) {
        AtomicFiles.write(file, temporary -> Files.write(temporary, png(points)));
    }

    static byte[] png(Points points) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false); // in memory: the temporary folder may be full
            ImageIO.write(paint(points), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static BufferedImage paint(Points points) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, SIZE, SIZE);
        graphics.setColor(new Color(0xDDDDDD));
        graphics.drawLine(0, SIZE / 2, SIZE, SIZE / 2);
        graphics.drawLine(SIZE / 2, 0, SIZE / 2, SIZE);
        double reach = reach(points);
        graphics.setColor(new Color(0x2A, 0x5C, 0xAA, 0xA0));
        for (int i = 0; i < points.count(); i++) {
            double x = points.dimensions() > 1
                    ? points.values()[i * points.dimensions()] / reach
                    : 2.0 * i / points.count() - 1;
            double y = points.values()[i * points.dimensions() + (points.dimensions() > 1 ? 1 : 0)] / reach;
            graphics.fill(new Ellipse2D.Double(
                    (x + 1) / 2 * SIZE - RADIUS, (1 - y) / 2 * SIZE - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
        graphics.dispose();
        return image;
    }

    private static double reach(Points points) {
        int shown = Math.min(2, points.dimensions());
        double[] sizes = new double[points.count() * shown];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(points.values()[i / shown * points.dimensions() + i % shown]);
        }
        Arrays.sort(sizes);
        double size = sizes.length == 0 ? 1 : sizes[(int) Math.min(sizes.length - 1, SHOWN * sizes.length)];
        if (size == 0) {
            return 1;
        }
        double below = Math.scalb(1.0, Math.getExponent(size));
        return size < 1.5 * below ? 1.5 * below : 2 * below;
    }
}
