package org.autophage.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;

class PictureGridTest {
    /** A picture twice as wide as high of one colour. */
    private static String picture(int colour) throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 200; i++) {
            image.setRGB(i % 20, i / 20, colour);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @Test
    void picturesKeepTheirShapeAndTheirPlace() throws IOException {
        PictureGrid grid = new PictureGrid(
                List.of("Generation 1", "Generation 5"),
                List.of(
                        new PictureGrid.Row("one", List.of(picture(0xff0000), picture(0x00ff00))),
                        new PictureGrid.Row("other", List.of("", picture(0x0000ff)))));
        Drawing drawing = grid.drawing("Samples", "");
        List<Drawing.Picture> pictures = drawing.shapes().stream()
                .filter(Drawing.Picture.class::isInstance)
                .map(Drawing.Picture.class::cast)
                .toList();
        assertThat(pictures).hasSize(3);
        assertThat(pictures).allSatisfy(each -> {
            assertThat(each.width()).isCloseTo((237.6 - 4) / 2, within(1e-9));
            assertThat(each.height()).isCloseTo(each.width() / 2, within(1e-9));
        });
        try (PDDocument pdf = Loader.loadPDF(PdfFile.of(drawing))) {
            BufferedImage page = new PDFRenderer(pdf).renderImageWithDPI(0, 72, ImageType.RGB);
            int[] colours = {0xff0000, 0x00ff00, 0x0000ff};
            for (int i = 0; i < 3; i++) {
                Drawing.Picture each = pictures.get(i);
                int x = (int) (each.x() + each.width() / 2);
                int y = (int) (each.y() + each.height() / 2);
                assertThat(page.getRGB(x, y) & 0xffffff).isEqualTo(colours[i]);
            }
            assertThat(page.getRGB(20, (int) pictures.get(2).y() + 20) & 0xffffff)
                    .isEqualTo(0xffffff);
        }
    }

    /** Twenty pictures at half a column's width would be 1188 points high, without their titles. */
    @Test
    void manyRowsFitOnAPage() throws IOException {
        PictureGrid.Row row = new PictureGrid.Row("loop", List.of(picture(0)));
        Drawing drawing = new PictureGrid(List.of("Generation 1"), Collections.nCopies(20, row)).drawing("", "");
        assertThat(drawing.height()).isLessThan(540 + 20 * 15 + 20);
        assertThat(drawing.width()).isEqualTo(237.6);
    }
}
