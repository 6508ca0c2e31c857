package org.autophage.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.autophage.report.compare.Comparison;
import org.autophage.report.compare.ComparisonRequest;
import org.autophage.report.records.PointRunFixture;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Reports of loops of points: replicas have intervals, and theory stands beside what was measured. */
class PointReportTest {
    @TempDir
    Path directory;

    private Document report(int generations) {
        Path out = directory.resolve("report.html");
        Report.write(
                new PointRunFixture(directory.resolve("run"))
                        .write(generations, generations)
                        .folder(),
                out);
        return ReportTest.parse(out);
    }

    private static JsonNode metric(Document page, String label) {
        return ReportTest.data(page)
                .path("metrics")
                .valueStream()
                .filter(metric -> metric.path("label").asString().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneSeedOfReplicasHasABand() {
        Document page = report(3);
        JsonNode run = metric(page, "Variance").path("runs").path(0);
        // t(0.975, 19) = 2.093024; the mean of generation 2 is .99² + .01
        assertThat(run.path("high").path(1).asDouble()).isCloseTo(0.9901 + 2.093024 * 0.02, within(1e-6));
        assertThat(page.select("#metrics .key").text())
                .contains("mean over replicas")
                .contains("95% t interval")
                .contains("closed form");
        assertThat(page.select(".facts").text()).contains("20 replicas");
        assertThat(page.select(".summary").text()).endsWith("(one seed of 20 replicas).");
        assertThat(page.select("#method").text())
                .contains("R − 1 degrees of freedom")
                .doesNotContain("single seed");
    }

    @Test
    void theClosedFormIsDrawnTabulatedAndDescribed() {
        Document page = report(3);
        JsonNode run = metric(page, "Variance").path("runs").path(0);
        assertThat(run.path("expected").path(2).asDouble()).isCloseTo(0.970299, within(1e-12));
        assertThat(metric(page, "Squared 2-Wasserstein distance")
                        .path("runs")
                        .path(0)
                        .has("expected"))
                .isFalse();
        List<String> header = page.select("#over-seeds th").eachText();
        int column = header.indexOf("Variance, closed form");
        assertThat(header.get(column - 1)).isEqualTo("Variance");
        assertThat(page.select("#over-seeds tbody tr")
                        .get(2)
                        .select("td")
                        .get(column)
                        .text())
                .isEqualTo("0.970");
        Element plot = page.select(".chart:has(h3:containsOwn(Variance)) .plot").get(0);
        assertThat(plot.attr("aria-label")).contains("0.980 ± 0.042 (closed form 0.970) in generation 3");
        assertThat(ReportTest.data(page).path("csv").asString())
                .contains(",variance,standardError.variance,expected.variance,");
    }

    @Test
    void errorsAndExpectationsAreNoMetricsOfTheirOwn() {
        Document page = report(2);
        assertThat(page.select("#metrics h3").eachText())
                .containsExactly("Squared 2-Wasserstein distance", "Effective samples n_e", "Variance");
        assertThat(page.text()).doesNotContain("Standard error variance").doesNotContain("Expected variance");
    }

    @Test
    void aMetricThatTheFirstGenerationsDoNotHaveIsShownFromWhereItIs() throws Exception {
        Path run = new PointRunFixture(directory.resolve("run")).write(3, 3).folder();
        Path records = run.resolve("seed-0/generations.jsonl");
        // as the likelihood of a singular covariance: only generation 3 has one
        List<String> lines = Files.readAllLines(records);
        lines.set(2, lines.get(2).replace("\"replicas\":20,", "\"replicas\":20,\"logLikelihood\":-150.5,"));
        for (int finished = 1; finished <= 3; finished++) {
            Files.write(records, lines.subList(0, finished));
            Report.write(run, directory.resolve("report.html"));
        }
        Document page = ReportTest.parse(directory.resolve("report.html"));
        assertThat(page.select(".chart:has(h3:containsOwn(Log-likelihood)) .plot")
                        .attr("aria-label"))
                .isEqualTo("Log-likelihood over generations. -150 in generation 3");
        assertThat(GenerationTable.of(run)).contains("-150");
    }

    @Test
    void wordsFitPoints() {
        Document page = report(2);
        assertThat(page.text()).doesNotContain("images").doesNotContain("training.csv");
        assertThat(page.select("#metrics .basis").get(0).text())
                .isEqualTo("points themselves · from the model’s parameters · mean over 20 replicas");
    }

    @Test
    void theTableOfStandardOutputHasThem() {
        String table = GenerationTable.of(
                new PointRunFixture(directory.resolve("run")).write(2, 2).folder());
        assertThat(table.lines().findFirst().orElseThrow().strip().split(" {2,}"))
                .containsExactly(
                        "generation",
                        "seeds",
                        "squared 2-Wasserstein distance",
                        "effective samples n_e",
                        "variance",
                        "closed form",
                        "seconds");
        assertThat(table).contains("1.00 ± 0.04").contains("0.990").contains("200 ± 21");
    }

    @Test
    void aThousandGenerationsStaySmallAndFast() throws Exception {
        long begin = System.nanoTime();
        Document page = report(1000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(Files.size(directory.resolve("report.html"))).isLessThan(3L << 20);
        // generation 1, and 2 to 1000 which are composed alike
        assertThat(page.select(".bars li")).hasSize(2);
        assertThat(page.select(".bars .generation").get(1).text()).isEqualTo("2–1000");
    }

    @Test
    void comparisonsHaveIntervalsAndClosedFormsToo() {
        Path out = directory.resolve("comparison.html");
        Comparison.of(ComparisonRequest.of(List.of(
                        new PointRunFixture(directory.resolve("a")).write(3, 3).folder(),
                        new PointRunFixture(directory.resolve("b"))
                                .cell(500, 1, 330)
                                .write(3, 3)
                                .folder())))
                .writePage(out);
        Document page = ReportTest.parse(out);
        assertThat(page.select("#metrics .key").text())
                .contains("over replicas")
                .contains("closed form");
        // 30 more, each ± 10 · t(0.975, 19): at most 2 · 20.93 together
        assertThat(page.select("#differences tbody tr").get(1).text()).contains("+30 ± 42");
    }
}
