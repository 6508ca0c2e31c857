package org.autophage.report.plot;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.autophage.report.plot.Drawing.Anchor;

/**
 * Pictures in rows as a figure of a paper, as wide as a column together.
 *
 * @param columns what stands above the columns
 * @param rows from the top
 */
public record PictureGrid(List<String> columns, List<Row> rows) {
    private static final double GAP = 4;

    /** Of a picture, as a share of the column's width. */
    private static final double MOST = 0.5;

    /** Height of all pictures together, so that the figure fits on a page of 9 inches with its caption. */
    private static final double HIGHEST = 540;

    private static final String DATA = "base64,";

    /** Where the width and the height of a PNG file are. */
    private static final int SIZE_AT = 16;

    /**
     * Pictures beside each other.
     *
     * @param title what they are of; empty where there is one row only
     * @param dataUris PNG files as pages have them; empty for one that there is not
     */
    public record Row(String title, List<String> dataUris) {}

    /** The figure. */
    public Drawing drawing(String title, String description) {
        double width = Frame.COLUMN.width();
        double each = Math.min(MOST * width, (width - GAP * (columns.size() - 1)) / columns.size());
        double tallest = rows.stream()
                .mapToDouble(row -> row.dataUris().stream()
                        .filter(uri -> !uri.isEmpty())
                        .mapToDouble(uri -> ratio(png(uri)))
                        .max()
                        .orElse(0))
                .sum();
        each = Math.min(each, HIGHEST / Math.max(tallest, 1e-9));
        List<Drawing.Shape> shapes = new ArrayList<>();
        double y = Drawing.TEXT + 1;
        for (int i = 0; i < columns.size(); i++) {
            shapes.add(text(i * (each + GAP) + each / 2, y, columns.get(i), Anchor.MIDDLE));
        }
        y += 3;
        for (Row row : rows) {
            if (!row.title().isEmpty()) {
                shapes.add(text(0, y + Drawing.TEXT, row.title(), Anchor.START));
                y += Drawing.TEXT + 3;
            }
            double height = 0;
            for (int i = 0; i < row.dataUris().size(); i++) {
                String uri = row.dataUris().get(i);
                if (!uri.isEmpty()) {
                    byte[] png = png(uri);
                    double tall = each * ratio(png);
                    shapes.add(new Drawing.Picture(i * (each + GAP), y, each, tall, png));
                    height = Math.max(height, tall);
                }
            }
            y += height + GAP;
        }
        return new Drawing(title, description, width, y, shapes);
    }

    private static Drawing.Writing text(double x, double y, String text, Anchor anchor) {
        return new Drawing.Writing(x, y, text, Drawing.TEXT, Drawing.INK, anchor, false);
    }

    private static byte[] png(String dataUri) {
        return Base64.getDecoder().decode(dataUri.substring(dataUri.indexOf(DATA) + DATA.length()));
    }

    /** Height over width. */
    private static double ratio(byte[] png) {
        ByteBuffer header = ByteBuffer.wrap(png, SIZE_AT, 2 * Integer.BYTES);
        double width = header.getInt();
        return header.getInt() / width;
    }
}
