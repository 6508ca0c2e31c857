package org.autophage.report.plot;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/** A drawing as a PDF of one page of its size, with the letters that it uses embedded as TrueType. */
public final class PdfFile {
    /** Of a quarter of a circle as a Bézier curve. */
    private static final double ARC = 0.5522847498;

    private final PDDocument document;
    private final PDPageContentStream page;
    private final PDFont font;
    private final double height;

    private PdfFile(PDDocument document, PDPageContentStream page, PDFont font, double height) {
        this.document = document;
        this.page = page;
        this.font = font;
        this.height = height;
    }

    /** The file's bytes, the same for the same drawing. */
    public static byte[] of(Drawing drawing) {
        try (PDDocument document = new PDDocument();
                InputStream letters = Letters.file()) {
            document.setDocumentId(0L); // otherwise of the time
            document.getDocumentInformation().setTitle(drawing.title());
            document.getDocumentInformation().setSubject(drawing.description());
            document.getDocumentInformation().setCreator("Autophage");
            PDPage sheet = new PDPage(new PDRectangle((float) drawing.width(), (float) drawing.height()));
            document.addPage(sheet);
            PDFont font = PDType0Font.load(document, letters, true);
            try (PDPageContentStream page = new PDPageContentStream(document, sheet)) {
                PdfFile file = new PdfFile(document, page, font, drawing.height());
                for (Drawing.Shape shape : drawing.shapes()) {
                    file.draw(shape);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void draw(Drawing.Shape shape) throws IOException {
        if (shape instanceof Drawing.Rectangle box) {
            page.setNonStrokingColor(Color.decode(box.fill()));
            page.addRect((float) box.x(), up(box.y() + box.height()), (float) box.width(), (float) box.height());
            page.fill();
        } else if (shape instanceof Drawing.Stroke line) {
            stroke(line);
        } else if (shape instanceof Drawing.Area area) {
            page.saveGraphicsState();
            PDExtendedGraphicsState state = new PDExtendedGraphicsState();
            state.setNonStrokingAlphaConstant((float) area.opacity());
            page.setGraphicsStateParameters(state);
            page.setNonStrokingColor(Color.decode(area.fill()));
            path(area.points());
            page.closePath();
            page.fill();
            page.restoreGraphicsState();
        } else if (shape instanceof Drawing.Dot dot) {
            page.setNonStrokingColor(Color.decode(dot.fill()));
            circle(dot.x(), dot.y(), dot.radius());
            page.fill();
        } else if (shape instanceof Drawing.Writing text) {
            write(text);
        } else if (shape instanceof Drawing.Picture picture) {
            PDImageXObject image = PDImageXObject.createFromByteArray(document, picture.png(), "samples");
            page.drawImage(
                    image, (float) picture.x(), up(picture.y() + picture.height()), (float) picture.width(), (float)
                            picture.height());
        }
    }

    private void stroke(Drawing.Stroke line) throws IOException {
        page.setStrokingColor(Color.decode(line.pen().colour()));
        page.setLineWidth((float) line.pen().width());
        page.setLineJoinStyle(1);
        List<Double> dashes = line.pen().dashes();
        float[] pattern = new float[dashes.size()];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = dashes.get(i).floatValue();
        }
        page.setLineDashPattern(pattern, 0);
        path(line.points());
        page.stroke();
    }

    private void path(List<Drawing.Point> points) throws IOException {
        for (int i = 0; i < points.size(); i++) {
            float x = (float) points.get(i).x();
            float y = up(points.get(i).y());
            if (i == 0) {
                page.moveTo(x, y);
            } else {
                page.lineTo(x, y);
            }
        }
    }

    private void circle(double x, double y, double radius) throws IOException {
        double control = ARC * radius;
        page.moveTo((float) (x + radius), up(y));
        curve(x + radius, y - control, x + control, y - radius, x, y - radius);
        curve(x - control, y - radius, x - radius, y - control, x - radius, y);
        curve(x - radius, y + control, x - control, y + radius, x, y + radius);
        curve(x + control, y + radius, x + radius, y + control, x + radius, y);
    }

    private void curve(double x1, double y1, double x2, double y2, double x3, double y3) throws IOException {
        page.curveTo((float) x1, up(y1), (float) x2, up(y2), (float) x3, up(y3));
    }

    private void write(Drawing.Writing text) throws IOException {
        String letters = Letters.writable(text.text());
        double before = text.anchor().share * Letters.width(letters, text.size());
        double x = text.upwards() ? text.x() : text.x() - before;
        double y = text.upwards() ? text.y() + before : text.y();
        page.beginText();
        page.setNonStrokingColor(Color.decode(text.fill()));
        page.setFont(font, (float) text.size());
        page.setTextMatrix(
                text.upwards()
                        ? Matrix.getRotateInstance(Math.PI / 2, (float) x, up(y))
                        : Matrix.getTranslateInstance((float) x, up(y)));
        page.showText(letters);
        page.endText();
    }

    /** PDF measures upwards from the lower left corner. */
    private float up(double y) {
        return (float) (height - y);
    }
}
