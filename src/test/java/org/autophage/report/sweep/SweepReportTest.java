package org.autophage.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.measure.Metrics;
import org.autophage.report.compare.Comparison;
import org.autophage.report.compare.ComparisonRequest;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.page.ReportTest;
import org.autophage.report.plot.Drawing;
import org.autophage.report.records.PointRunFixture;
import org.autophage.report.records.RunFixture;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SweepReportTest {
    private static final List<Integer> SYNTHETIC = List.of(100, 300, 1000);
    private static final List<Double> BIASES = List.of(0.7, 0.85, 1.0);

    @TempDir
    Path directory;

    /** n_e / n_r is 1.5 at 100 and falls with n_s where samples are biased, down to .5. */
    private static double ratio(int synthetic, double bias) {
        return bias == 1 ? 1.5 : 1.5 - (1 - bias) / 0.3 * Math.log10(synthetic / 100.0);
    }

    private Path sweep(String section) {
        RunFixture.write(directory.resolve("map/sweep.yaml"), "name: map\nsweep:\n" + section);
        return directory.resolve("map");
    }

    private void cell(int synthetic, double bias, int finished) {
        new PointRunFixture(directory.resolve("map/loop.synthetic=" + synthetic + ",sampling.bias=" + bias))
                .cell(synthetic, bias, 200 * ratio(synthetic, bias))
                .write(8, finished);
    }

    private Path wholeMap() {
        for (int synthetic : SYNTHETIC) {
            for (double bias : BIASES) {
                cell(synthetic, bias, 8);
            }
        }
        return sweep("  loop.synthetic: [100, 300, 1000]\n  sampling.bias: [0.7, 0.85, 1]\n");
    }

    private Document report(Path folder) {
        Path out = directory.resolve("report.html");
        SweepReport.write(folder, out);
        return ReportTest.parse(out);
    }

    @Test
    void theMapHasEveryCellItsValueAndTheLevel() {
        Document page = report(wholeMap());
        Element drawing = page.select("#map svg").get(0);
        assertThat(drawing.select("rect")).hasSize(9);
        assertThat(drawing.select("title").eachText())
                // t(0.975, 19) · 10 / 200
                .contains("n_s = 1000, λ = 0.7: n_e / n_r 0.500 ± 0.105", "n_s = 100, λ = 1.0: n_e / n_r 1.50 ± 0.10");
        assertThat(drawing.select("text.value").eachText()).contains("0.500", "1.50");
        assertThat(drawing.select("path.level")).hasSize(2);
        assertThat(drawing.text())
                .contains("n_s, synthetic samples (logarithmic)")
                .contains("λ, sampling bias")
                .doesNotContain("λ, sampling bias (log");
        assertThat(drawing.attr("aria-label")).contains("from 0.500").contains("to 1.50");
        assertThat(page.select("#map .key").text()).contains("n_e = n_r, interpolated");
    }

    /** Squared distances are 20 − 10 / t: 18.75 in generation 8. The quarter is generations 7 and 8. */
    @Test
    void theLastGenerationCountsAndTheLastQuarterHasItsOwnColumn() {
        Document page = report(wholeMap());
        assertThat(page.select("#cells thead th").eachText())
                .containsExactly(
                        "n_s, synthetic samples",
                        "λ, sampling bias",
                        "state",
                        "generations",
                        "n_e / n_r",
                        "n_e / n_r, mean of the last quarter",
                        "squared 2-Wasserstein distance",
                        "seconds");
        assertThat(page.select("#cells tbody tr").get(0).select("td").eachText())
                .startsWith(
                        "100",
                        "0.7",
                        "finished",
                        "8",
                        "1.50 ± 0.10",
                        "1.50 ± 0.10",
                        "18.8 ± 1.0"); // half to even: 18.75
        assertThat(page.select("#map .meaning").text())
                .endsWith("In the last generation that all seeds of a loop have, 8.");
    }

    /** Two seeds, of which one is a generation behind: both say what generation 7 was. */
    @Test
    void reportAndComparisonSayTheSameOfALoop() {
        for (double pace : List.of(1.0, 0.25)) {
            for (int seed = 0; seed < 2; seed++) {
                new RunFixture(directory.resolve("loops/pace=" + pace + ",seeds=" + seed))
                        .pace(pace)
                        .specOf(List.of(seed), 8)
                        .records(seed, 8 - seed);
            }
        }
        RunFixture.write(
                directory.resolve("loops/sweep.yaml"),
                "sweep:\n  seeds: [[0], [1]]\n  loop: [{synthetic: 10000}, {synthetic: 2500, kind: fully-synthetic}]\n");
        Path folder = directory.resolve("loops");
        Document page = report(folder);
        JsonNode comparison = new JsonMapper()
                .readTree(Comparison.of(ComparisonRequest.of(List.of(folder))).json());
        assertThat(comparison.path("generation").asInt()).isEqualTo(7);
        assertThat(page.select("#map .meaning").text()).endsWith("all seeds of a loop have, 7.");
        RunFixture fixture = new RunFixture(folder);
        double mean = (fixture.frechetDistance(0, 7) + fixture.frechetDistance(1, 7)) / 2;
        assertThat(comparison
                        .path("loops")
                        .path(0)
                        .path("metrics")
                        .path("frechetDistance")
                        .path("mean")
                        .asDouble())
                .isEqualTo(mean);
        assertThat(page.select("#cells tbody tr").get(0).text())
                .contains(MetricFormat.of(Metrics.FRECHET_DISTANCE, mean) + " ±");
    }

    @Test
    void theVerdictCountsCellsByTheirIntervals() {
        assertThat(report(wholeMap()).select(".verdict").text().replace('\u00a0', ' '))
                .startsWith("n_e / n_r is lowest at n_s = 1000, λ = 0.7 (0.500 ± 0.105) and highest at n_s = 100")
                // (1000, .85) is 1.0, and (300, .7) is 1.02: both intervals hold 1
                .endsWith("admissible (n_e ≥ n_r) in 6 of 9 cells and not in 1, with 2 inconclusive.");
    }

    @Test
    void generationsAreDrawnRowByRow() {
        Document page = report(wholeMap());
        assertThat(page.select("#metrics h3").eachText()).containsExactly("λ = 0.7", "λ = 0.85", "λ = 1.0");
        assertThat(page.select("#metrics .plot").get(1).attr("data-runs")).isEqualTo("1,4,7");
        assertThat(ReportTest.data(page).path("labels").path(4).asString()).isEqualTo("n_s = 300, λ = 0.85");
        assertThat(ReportTest.data(page).path("metrics")).hasSize(1);
    }

    @Test
    void cellsThatAreMissingOrUnderWayAreNamed() {
        cell(100, 0.7, 8);
        cell(300, 0.7, 3);
        cell(300, 0.5, 8);
        Document page = report(sweep("  loop.synthetic: [100, 300, 1000]\n  sampling.bias: [0.7, 0.85, 1]\n"));
        assertThat(page.select(".notices").text())
                .contains("Of 9 cells, 7 have not begun")
                .contains("n_s = 300, λ = 0.7: 3 of 8 generations")
                .doesNotContain("0.5");
        assertThat(page.select("#map rect")).hasSize(2);
    }

    @Test
    void oneKeyGivesLinesWithIntervalsAndTheReference() {
        SYNTHETIC.forEach(synthetic -> cell(synthetic, 0.7, 8));
        Document page = report(sweep("  loop.synthetic: [100, 300, 1000]\n"));
        assertThat(page.select("#map svg circle")).hasSize(3);
        assertThat(page.select("#map svg line.error")).hasSize(3);
        assertThat(page.select("#map svg line.reference")).hasSize(1);
        assertThat(page.select("#map svg path.line")).hasSize(1);
        assertThat(page.select("#metrics .plot")).hasSize(1);
    }

    @Test
    void twoValuesOfASecondKeyAreTwoLines() {
        SYNTHETIC.forEach(synthetic -> List.of(0.7, 1.0).forEach(bias -> cell(synthetic, bias, 8)));
        Document page = report(sweep("  loop.synthetic: [100, 300, 1000]\n  sampling.bias: [0.7, 1]\n"));
        assertThat(page.select("#map svg path.line")).hasSize(2);
        assertThat(page.select("#map .key").text()).contains("λ = 0.7").contains("λ = 1.0");
    }

    /** The page's map again, in a column: the same cells, values and contour, drawn twice for its halo, and a key. */
    @Test
    void theMapIsAFigureOfAPaperToo() {
        Map<String, Drawing> figures = SweepReport.figures(wholeMap());
        assertThat(figures).containsOnlyKeys("map");
        Drawing map = Objects.requireNonNull(figures.get("map"));
        assertThat(map.width()).isEqualTo(3.3 * 72);
        Document page = ReportTest.parse(written());
        List<String> fills = page.select("#map svg rect").eachAttr("fill");
        assertThat(shapes(map, Drawing.Rectangle.class).map(Drawing.Rectangle::fill))
                .startsWith(fills.toArray(String[]::new))
                .hasSize(9 + page.select("#map .scale i").size());
        assertThat(shapes(map, Drawing.Writing.class).map(Drawing.Writing::text))
                .contains("0.500", "1.50", "n_s, synthetic samples (logarithmic)", "λ, sampling bias", "n_e = n_r");
        assertThat(shapes(map, Drawing.Stroke.class)).hasSize(2 + 1);
        assertThat(map.description()).endsWith("have, 8. Line: n_e = n_r, interpolated.");
    }

    private Path written() {
        Path out = directory.resolve("page.html");
        SweepReport.write(directory.resolve("map"), out);
        return out;
    }

    private static <S extends Drawing.Shape> Stream<S> shapes(Drawing drawing, Class<S> kind) {
        return drawing.shapes().stream().filter(kind::isInstance).map(kind::cast);
    }

    @Test
    void otherKeysHaveAMapEach() {
        for (int synthetic : SYNTHETIC) {
            BIASES.forEach(bias -> cell(synthetic, bias, 8));
        }
        Document page = report(
                sweep(
                        "  loop.synthetic: [100, 300, 1000]\n  sampling.bias: [0.7, 0.85, 1]\n  loop.kind: [fresh-data, mix]\n"));
        assertThat(page.select("#map h3").eachText()).containsExactly("fresh-data");
    }

    @Test
    void loopsOfSeveralSeedsAreOneWithAnIntervalAndAVerdict() {
        for (double pace : List.of(1.0, 0.25)) {
            for (int seed = 0; seed < 5; seed++) {
                new RunFixture(directory.resolve("loops/pace=" + pace + ",seeds=" + seed))
                        .pace(pace)
                        .specOf(List.of(seed), 8)
                        .records(seed, 8);
            }
        }
        RunFixture.write(
                directory.resolve("loops/sweep.yaml"),
                "sweep:\n  seeds: [[0], [1], [2], [3], [4]]\n  loop: [{synthetic: 10000}, {synthetic: 2500, kind: fully-synthetic}]\n");
        Document page = report(directory.resolve("loops"));
        assertThat(page.select("#cells tbody tr")).hasSize(2);
        assertThat(page.select("#cells tbody td").eachText())
                .contains("finished")
                .anyMatch(text -> text.contains("±"));
        assertThat(page.select("#verdict tbody th").eachText())
                .satisfiesExactly(first -> assertThat(first).startsWith("n_s = 10000"), second -> assertThat(second)
                        .startsWith("n_s = 2500"));
        assertThat(page.select("header .verdict").text()).contains("n_s = 10000: ");
        assertThat(page.select(".notices")).isEmpty();
    }

    @Test
    void theTableOfStandardOutputHasWhatBecameOfEachCell() {
        SweepTable.Outcome done = new SweepTable.Outcome("loop.synthetic=100,sampling.bias=0.7", "done", 1, "");
        SweepTable.Outcome failed =
                new SweepTable.Outcome("loop.synthetic=9,sampling.bias=0.7", "failed", 2, "no memory");
        Path map = wholeMap();
        List<String> lines = SweepTable.of(map, List.of(done, failed)).lines().toList();
        assertThat(lines.get(0).split(" {2,}"))
                .containsExactly(
                        "cell",
                        "state",
                        "attempts",
                        "generations",
                        "n_e / n_r",
                        "n_e / n_r, mean of the last quarter",
                        "squared 2-Wasserstein distance",
                        "seconds",
                        "message");
        assertThat(lines.get(1)).contains("done").contains("1.50 ± 0.10");
        assertThat(lines.get(2)).contains("failed").endsWith("-  no memory");
        assertThat(SweepTable.of(map, List.of(done)).lines())
                .extracting(String::length)
                .containsOnly(SweepTable.of(map, List.of(done)).indexOf('\n'));
    }

    @Test
    void aFolderThatIsNoSweepIsRefused() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("empty"));
        assertThatThrownBy(() -> report(folder))
                .isInstanceOf(AutophageException.class)
                .hasMessage(folder + " is not a sweep's folder: it has no sweep.yaml");
    }

    @Test
    void aSweepThatHasJustBegunGivesAPage() {
        Document page = report(sweep("  loop.synthetic: [100, 300, 1000]\n  sampling.bias: [0.7, 0.85, 1]\n"));
        assertThat(page.select(".verdict").text()).isEqualTo("No generation has finished yet.");
        assertThat(page.select("script[src], link")).isEmpty();
    }

    /** A record's digit that somebody changed: the other cells are reported, and which one is left out is said. */
    @Test
    void aDamagedCellIsLeftOutAndNamed() throws IOException {
        Path folder = wholeMap();
        Path damaged = folder.resolve("loop.synthetic=300,sampling.bias=0.85/experiment.yaml");
        Files.writeString(damaged, "name: [");
        Path out = directory.resolve("left-out.html");
        assertThat(SweepReport.write(folder, out)).singleElement().asString().startsWith(damaged + " is corrupt");
        Document page = ReportTest.parse(out);
        assertThat(page.select("#map svg").get(0).select("title").eachText()).hasSize(8);
        assertThat(page.text()).contains("A cell is left out: " + damaged).doesNotContain("not begun");
        assertThatThrownBy(() -> Comparison.of(ComparisonRequest.of(List.of(folder))))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(damaged + " is corrupt");
    }
}
