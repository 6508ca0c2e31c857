package org.autophage.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.report.records.RunFixture;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.ThinnedCurve;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

public class ReportTest {
    @TempDir
    Path directory;

    @Test
    void pageLoadsNothingFromOutside() {
        Document page = report(threeSeeds(3));
        for (Element element : page.select("[src], [href], [srcset], [data], [poster], [action]")) {
            assertThat(element.tagName()).isEqualTo("img");
            assertThat(element.attr("src")).startsWith("data:image/png;base64,");
        }
        assertThat(page.select("link, iframe, object, embed, base")).isEmpty();
        assertThat(page.select("style").html()).doesNotContain("@import").doesNotContain("url(");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'");
    }

    @Test
    void plottedNumbersAreThoseOfTheRecords() {
        RunFixture fixture = threeSeeds(3);
        JsonNode metric = data(report(fixture)).path("metrics").path(0);
        assertThat(metric.path("label").asString()).isEqualTo("Fréchet distance");
        JsonNode run = metric.path("runs").path(0);
        double sum = 0;
        for (int seed = 0; seed < 3; seed++) {
            double value = fixture.frechetDistance(seed, 2);
            sum += value;
            assertThat(run.path("seeds").path("" + seed).path(1).asDouble()).isEqualTo(value);
        }
        assertThat(run.path("mean").path(1).asDouble()).isCloseTo(sum / 3, within(1e-12));
        // the values are evenly spaced by .2 + .25, so s is that spacing
        double halfWidth = 4.302653 * 0.45 / Math.sqrt(3);
        assertThat(run.path("high").path(1).asDouble()).isCloseTo(sum / 3 + halfWidth, within(1e-6));
        assertThat(run.path("low").path(1).asDouble()).isCloseTo(sum / 3 - halfWidth, within(1e-6));
    }

    @Test
    void tableVerdictAndHeadlineSayWhatTheRecordsSay() {
        Document page = report(threeSeeds(3));
        // seeds 0, 1, 2 in generation 1: 2.8, 3.0, 3.2
        assertThat(page.select("#over-seeds tbody tr:first-child td").get(2).text())
                .isEqualTo("3.00 ± 0.50");
        // generation 3: 2.8 + .2 + (1.9 + .25) · 2^1.25 = 8.11, 2.7 times as much
        assertThat(page.select(".summary").text())
                .startsWith("From generation 1 to generation 3, Fréchet distance rose 2.7×, from 3.00 to 8.11;")
                .contains("recall fell from 0.780 to 0.566")
                .endsWith("(3 seeds).");
        assertThat(page.select(".headline .figure").get(0).text()).isEqualTo("2.7×");
    }

    @Test
    void csvHoldsEveryRecordAtFullPrecision() {
        RunFixture fixture = threeSeeds(2);
        List<String> lines =
                data(report(fixture)).path("csv").asString().lines().toList();
        assertThat(lines).hasSize(1 + 3 * 2);
        assertThat(lines.get(0))
                .startsWith("run,seed,generation,features,samples,fixedReal,freshReal,synthetic,frechetDistance");
        assertThat(lines.get(2))
                .startsWith("run,0,2,lenet@3fa91c20,5000,0,0,10000," + fixture.frechetDistance(0, 2) + ",");
    }

    @Test
    void featuresAndNumberOfSamplesStandBesideEachMetric() {
        for (Element chart : report(threeSeeds(2)).select("#metrics .chart")) {
            assertThat(chart.select(".basis").text())
                    .contains("5,000 samples")
                    .containsPattern("lenet@3fa91c20|classifier");
        }
    }

    @Test
    void everyGenerationAndSeedHasItsGrid() {
        Document page = report(threeSeeds(4));
        assertThat(page.select(".strip")).hasSize(3);
        assertThat(page.select(".strip img")).hasSize(12);
    }

    @Test
    void ofManyGenerationsTheFirstTheLastAndSomeBetweenAreShown() {
        Document page = report(fixture().spec(1, 60).records(0, 60).generationFiles(0, 60));
        assertThat(page.select(".strip h3").text()).isEqualTo("Seed 0, 24 of 60 generations");
        List<String> shown = page.select(".strip figcaption").eachText();
        assertThat(shown).hasSize(24).startsWith("1").endsWith("60").doesNotHaveDuplicates();
    }

    @Test
    void trainingSetsAreDrawnToScale() {
        Document page = report(threeSeeds(2));
        assertThat(page.select(".bars li")).hasSize(2);
        assertThat(page.select(".bars .bar").get(0).attr("aria-label")).isEqualTo("Generation 1: 10,000 fixed real");
        assertThat(page.select(".bars .synthetic").get(1).attr("style")).isEqualTo("width:100.000%");
    }

    @Test
    void lossCurvesAreThinnedMeans() {
        JsonNode curve = data(report(threeSeeds(1)))
                .path("losses")
                .path(0)
                .path("curves")
                .path(0);
        assertThat(curve.path("figures").path("loss").size()).isEqualTo(ThinnedCurve.POINTS);
        // 400 rows into 240 points: the first holds the row of step 10 alone, the second those of steps 20 and 30
        assertThat(curve.path("steps").path(0).asDouble()).isEqualTo(10);
        assertThat(curve.path("steps").path(1).asDouble()).isEqualTo(25);
    }

    @Test
    void singleSeedHasNoBandAndSaysSo() {
        RunFixture fixture = fixture().spec(1, 3).records(0, 3).generationFiles(0, 3);
        Document page = report(fixture);
        assertThat(page.select("#metrics .key").text()).contains("no interval");
        assertThat(page.select(".summary").text()).endsWith("(one seed, so no intervals).");
        assertThat(page.select("#method").text()).contains("single seed");
        assertThat(data(page)
                        .path("metrics")
                        .path(0)
                        .path("runs")
                        .path(0)
                        .path("high")
                        .path(0)
                        .isNull())
                .isTrue();
    }

    @Test
    void seedsWithDifferentGenerationsAreComparedWhereBothAre() {
        RunFixture fixture = fixture().spec(2, 5).records(0, 5).records(1, 3);
        Document page = report(fixture);
        assertThat(page.select(".summary").text()).startsWith("From generation 1 to generation 3,");
        assertThat(page.select(".notices").text()).contains("seed 1 has finished 3 of 5 generations");
        JsonNode run = data(page).path("metrics").path(0).path("runs").path(0);
        assertThat(run.path("mean").path(4).asDouble()).isEqualTo(fixture.frechetDistance(0, 5));
        assertThat(run.path("high").path(4).isNull()).isTrue();
    }

    @Test
    void missingFilesAreNamedOnThePage() {
        Document page = report(fixture().records(0, 2));
        assertThat(page.select(".notices").text())
                .contains("experiment.yaml is missing")
                .contains("provenance.json is missing")
                .contains("no grid.png for generation 1, 2")
                .contains("No training.csv");
    }

    /** What a model wrote is text, whatever it looks like. */
    @Test
    void pagesOfTextStandForPictures() throws IOException {
        RunFixture fixture = fixture().spec(1, 2).records(0, 2);
        for (String generation : List.of("generation-001", "generation-002")) {
            Path inside =
                    Files.createDirectories(fixture.folder().resolve("seed-0").resolve(generation));
            Files.writeString(inside.resolve("page.txt"), "the dog sees a cat .\n<b>every</b> cat\n");
        }
        Document page = report(fixture);
        assertThat(page.select("#samples pre")).hasSize(2).allSatisfy(each -> assertThat(each.wholeText())
                .isEqualTo("the dog sees a cat .\n<b>every</b> cat\n"));
        assertThat(page.select("#samples img")).isEmpty();
        assertThat(page.select("#samples .basis").text())
                .startsWith("Shown: the first replica’s sequences, one a line.");
        assertThat(page.select(".notices").text()).doesNotContain("page.txt");
    }

    @Test
    void provenanceShowsEverySessionNewestFirst() {
        Document page = report(threeSeeds(1));
        assertThat(page.select(".session h3").eachText())
                .containsExactly("Provenance, session 2 of 2", "Provenance, session 1 of 2");
        assertThat(page.select(".session").get(0).text())
                .contains("autophage resume")
                .doesNotContain("null");
    }

    @Test
    void runThatHasJustBegunGivesAPage() {
        Document page = report(fixture().spec(2, 3));
        assertThat(page.select(".summary").text()).isEqualTo("No generation has finished yet.");
        assertThat(page.select(".notices li")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void hostileTextStaysText() {
        String hostile = "\"</script><script>alert(1)</script><img src=http://example.org onerror=x>\"";
        Path folder = directory.resolve("a<script>b");
        RunFixture fixture = new RunFixture(folder)
                .name(hostile)
                .features("lenet</script><script>alert(2)</script>")
                .spec(1, 2)
                .records(0, 2);
        Document page = report(fixture);
        assertThat(page.select("script")).hasSize(2);
        assertThat(page.select("img")).isEmpty();
        assertThat(page.select("h1").text()).isEqualTo("a<script>b");
        assertThat(page.select("#spec").text()).contains("<script>alert(1)</script>");
        assertThat(data(page).path("csv").asString()).contains("lenet</script><script>alert(2)</script>");
    }

    @Test
    void corruptRecordNamesFileAndLine() throws IOException {
        RunFixture fixture = fixture().spec(1, 3).records(0, 2);
        Path records = fixture.folder().resolve("seed-0/generations.jsonl");
        Files.writeString(records, Files.readString(records) + "{\"generation\":3,\"se");
        assertUsage(fixture, records + ", line 3 is torn, it ends in the middle");
    }

    @Test
    void recordWithoutGenerationNamesFileAndLine() {
        RunFixture fixture = fixture().spec(1, 3);
        Path records = fixture.folder().resolve("seed-0/generations.jsonl");
        RunFixture.write(records, "{\"seed\":0}\n");
        assertUsage(
                fixture,
                records + ", line 1 is not the record of a generation: generation is missing, not a whole number");
    }

    @Test
    void lossesAndStatisticsOfBothNetworksOfAGanAreShown() {
        RunFixture fixture = fixture().spec(1, 1).records(0, 1).generationFiles(0, 1);
        RunFixture.write(
                fixture.folder().resolve("seed-0/generation-001/training.csv"),
                """
                step,generatorLoss,discriminatorLoss,realScore,fakeScore,r1,learningRate
                20,0.7,1.4,0.1,-0.1,0.01,0.002
                40,0.9,1.2,0.5,-0.6,0.02,0.001
                """);
        JsonNode data = data(report(fixture));
        JsonNode figures = data.path("losses").path(0).path("curves").path(0).path("figures");
        assertThat(figures.path("discriminatorLoss").path(1).asDouble()).isEqualTo(1.2);
        assertThat(figures.path("fakeScore").path(0).asDouble()).isEqualTo(-0.1);
        assertThat(data.path("figures").valueStream().map(figure -> figure.path("label")
                        .asString()))
                .containsExactly(
                        "Generator loss",
                        "Discriminator loss",
                        "Score of real images",
                        "Score of generated images",
                        "R1 penalty");
        assertThat(data.path("figures").path(2).path("logarithmic").asBoolean()).isFalse();
    }

    @Test
    void generationRecordedTwiceNamesFileAndLine() throws IOException {
        RunFixture fixture = fixture().spec(1, 3).records(0, 1);
        Path records = fixture.folder().resolve("seed-0/generations.jsonl");
        Files.writeString(records, Files.readString(records).repeat(2));
        assertUsage(fixture, records + ", line 2 is generation 1 of seed 0: generation 2 of seed 0 belongs there");
    }

    @Test
    void corruptLossNamesFileAndLine() {
        RunFixture fixture = fixture().spec(1, 1).records(0, 1).generationFiles(0, 1);
        Path losses = fixture.folder().resolve("seed-0/generation-001/training.csv");
        RunFixture.write(losses, "step,loss,gradientNorm,learningRate\n1,0.5,1,1\n2,abc,1,1\n");
        assertUsage(fixture, losses + " is corrupt in line 3: ");
    }

    @Test
    void folderThatIsNoRunIsRefused() throws IOException {
        assertUsage(fixture(), "no such folder");
        Files.createDirectories(fixture().folder());
        assertUsage(fixture(), "is not a run folder");
    }

    @Test
    void twentyGenerationsOfThreeSeedsStaySmall() throws IOException {
        Path out = directory.resolve("report.html");
        Report.write(threeSeeds(20).folder(), out);
        assertThat(Files.size(out)).isLessThan(3L << 20);
    }

    @Test
    void unwritablePlaceIsAFailure() {
        RunFixture fixture = fixture().spec(1, 1).records(0, 1);
        Path blocked = fixture.folder().resolve("experiment.yaml").resolve("report.html");
        assertThatThrownBy(() -> Report.write(fixture.folder(), blocked))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageContaining("cannot write");
    }

    private void assertUsage(RunFixture fixture, String message) {
        Path out = directory.resolve("report.html");
        assertThatThrownBy(() -> Report.write(fixture.folder(), out))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(message);
        assertThat(out).doesNotExist();
    }

    private RunFixture fixture() {
        return new RunFixture(directory.resolve("run"));
    }

    private RunFixture threeSeeds(int generations) {
        RunFixture fixture = fixture().spec(3, generations).provenance();
        for (int seed = 0; seed < 3; seed++) {
            fixture.records(seed, generations).generationFiles(seed, generations);
        }
        return fixture;
    }

    private Document report(RunFixture fixture) {
        Path out = directory.resolve("report.html");
        Report.write(fixture.folder(), out);
        return parse(out);
    }

    public static Document parse(Path out) {
        return Jsoup.parse(RunReading.text(out));
    }

    public static JsonNode data(Document page) {
        return new JsonMapper().readTree(page.select("#data").get(0).data());
    }

    @Test
    void remediesAreAmongTheFacts() throws IOException {
        Path run = fixture().spec(1, 2).records(0, 2).folder();
        Path spec = run.resolve("experiment.yaml");
        Files.writeString(
                spec,
                Files.readString(spec)
                        + "remedies: [{kind: extrapolate, weight: 0.5, samples: 20}, {kind: sure, keep: 0.25}]\n");
        assertThat(Report.facts(RunReading.read(run))).contains("remedies extrapolate (weight 0.5), sure (keep 0.25)");
    }
}
