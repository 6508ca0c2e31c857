package org.autophage.report.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.PdfFile;
import org.autophage.report.plot.SvgFile;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.RunFixture;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CurveFiguresTest {
    @TempDir
    private Path directory;

    private List<Trajectories> loops = List.of();

    @BeforeEach
    void plantLoops() {
        loops = List.of(loop("one", 1), loop("other", 0.25));
    }

    private Trajectories loop(String name, double pace) {
        RunFixture run = new RunFixture(directory.resolve(name)).pace(pace);
        return Trajectories.of(RunReading.read(run.records(0, 5).records(1, 5).folder()));
    }

    private Drawing recall() {
        Map<String, Drawing> figures =
                CurveFigures.of(loops, List.of("a & b", "λ < 1"), new TableRequest(List.of("recall"), List.of(), ""));
        assertThat(figures).containsOnlyKeys("recall");
        return Objects.requireNonNull(figures.get("recall"));
    }

    /** Read back off the drawing by its own axis: dots are means, and the band's outline is the intervals' ends. */
    @Test
    void linesAndBandsAreTheNumbersOfTheTable() {
        List<Drawing.Writing> numbers = shapes(recall(), Drawing.Writing.class).stream()
                .filter(text -> text.anchor() == Drawing.Anchor.END)
                .toList();
        Drawing.Writing bottom = numbers.get(0);
        Drawing.Writing top = numbers.get(numbers.size() - 1);
        double unit = (Double.parseDouble(top.text()) - Double.parseDouble(bottom.text())) / (bottom.y() - top.y());
        double zero = bottom.y() - 0.35 * bottom.size() + Double.parseDouble(bottom.text()) / unit;
        List<Drawing.Dot> dots = shapes(recall(), Drawing.Dot.class);
        List<Drawing.Point> band = shapes(recall(), Drawing.Area.class).get(0).points();
        assertThat(dots).hasSize(10);
        assertThat(band).hasSize(10);
        for (int generation = 1; generation <= 5; generation++) {
            Estimate estimate = loops.get(0).estimate("recall", generation);
            // tenths of a point
            assertThat((zero - dots.get(generation - 1).y()) * unit).isCloseTo(estimate.mean(), within(0.1 * unit));
            assertThat((zero - band.get(generation - 1).y()) * unit).isCloseTo(estimate.high(), within(0.1 * unit));
            assertThat((zero - band.get(10 - generation).y()) * unit).isCloseTo(estimate.low(), within(0.1 * unit));
        }
    }

    @Test
    void svgStandsAlone() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(SvgFile.of(recall()).getBytes(StandardCharsets.UTF_8)));
        Element root = svg.getDocumentElement();
        assertThat(root.getAttribute("width")).isEqualTo("237.6pt"); // 3.3 inches
        assertThat(root.getAttribute("viewBox")).startsWith("0 0 237.6 ");
        assertThat(root.getAttribute("font-family")).endsWith("sans-serif");
        NodeList texts = svg.getElementsByTagName("text");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            written.add(texts.item(i).getTextContent());
            assertThat(Double.parseDouble(((Element) texts.item(i)).getAttribute("font-size")))
                    .isEqualTo(8);
        }
        assertThat(written).contains("Generation", "Recall", "a & b", "λ < 1", "1", "5");
        assertThat(SvgFile.of(recall())).doesNotContain("<style", "<script", "href=", "class=", "var(");
    }

    @Test
    void pdfHasOnePageOfTheSameSizeWithItsLettersEmbedded() throws IOException {
        byte[] file = PdfFile.of(recall());
        assertThat(PdfFile.of(recall())).isEqualTo(file);
        try (PDDocument pdf = Loader.loadPDF(file)) {
            assertThat(pdf.getNumberOfPages()).isOne();
            assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(237.6f, within(0.001f));
            assertThat((double) pdf.getPage(0).getMediaBox().getHeight()).isCloseTo(recall().height(), within(0.001));
            assertThat(new PDFTextStripper().getText(pdf)).contains("a & b", "λ < 1", "Generation");
            assertThat(pdf.getPage(0).getResources().getFontNames())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(
                                    pdf.getPage(0).getResources().getFont(name).isEmbedded())
                            .isTrue());
            assertThat(pdf.getDocumentInformation().getSubject())
                    .isEqualTo("Recall by generation: mean with the 95% Student t interval over seeds as a band.");
        }
    }

    @Test
    void everyFigureIsTwoFiles() throws IOException {
        Path folder = directory.resolve("figures");
        String said = FigureFiles.write(folder, CurveFigures.of(loops, List.of("a", "b"), TableRequest.DEFAULTS));
        assertThat(said).isEqualTo("figures: 6 figures in " + folder + ", each as SVG and PDF");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(12)
                    .contains("frechetDistance.svg", "frechetDistance.pdf", "labelAccuracy.pdf");
        }
    }

    private static <S extends Drawing.Shape> List<S> shapes(Drawing drawing, Class<S> kind) {
        return drawing.shapes().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
