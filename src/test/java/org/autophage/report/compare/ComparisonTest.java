package org.autophage.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.report.page.ReportTest;
import org.autophage.report.records.RunFixture;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    Path directory;

    @Test
    void differencesToTheFirstRunArePairedBySeed() {
        RunFixture first = run("fully-synthetic").pace(1).records(0, 3).records(1, 3);
        RunFixture second = run("fresh-data").pace(0.25).records(0, 3).records(1, 3);
        Document page = compare(first.folder(), second.folder());
        // seed 0: 1.9 · .75 · 2^1.25 = 3.389 lower, seed 1: 2.15 · .75 · 2^1.25 = 3.835 lower; mean 3.612,
        // half-width 12.706 · |3.835 − 3.389| / 2 = 2.833, in the decimals of the column
        assertThat(page.select("#differences tbody tr").get(0).select(".difference"))
                .isEmpty();
        assertThat(page.select("#differences tbody tr")
                        .get(1)
                        .select(".difference.clear")
                        .get(0)
                        .text())
                .isEqualTo("−3.6 ± 2.8");
        assertThat(page.select("h2#table-title").text())
                .isEqualTo("Generation 3, and the difference to fully-synthetic");
    }

    @Test
    void lastGenerationIsTheOneThatAllHave() {
        Document page =
                compare(run("a").records(0, 5).folder(), run("b").records(0, 3).folder());
        assertThat(page.select(".summary").text()).startsWith("In generation 3, ");
        assertThat(ReportTest.data(page)
                        .path("metrics")
                        .path(0)
                        .path("runs")
                        .path(1)
                        .path("mean")
                        .path(4)
                        .isNull())
                .isTrue();
    }

    @Test
    void gridsOfFirstAndLastGenerationStandSideBySide() {
        Document page = compare(
                run("a").records(0, 4).generationFiles(0, 4).folder(),
                run("b").records(0, 4).generationFiles(0, 4).folder());
        assertThat(page.select(".matrix thead th").eachText()).containsExactly("a", "b");
        assertThat(page.select(".matrix tbody th").eachText()).containsExactly("Generation 1", "Generation 4");
        assertThat(page.select(".matrix img")).hasSize(4);
    }

    @Test
    void onlySettingsThatDifferAreListed() {
        Document page = compare(
                run("a").pace(1).spec(1, 2).records(0, 2).folder(),
                run("b").pace(0.5).spec(1, 2).records(0, 2).folder());
        assertThat(page.select("#settings tbody tr td:first-child").eachText()).containsExactly("loop.synthetic");
        assertThat(page.select("#settings tbody td").eachText()).containsExactly("loop.synthetic", "10000", "5000");
    }

    @Test
    void runsOfOneNameAreToldApart() {
        Document page = compare(
                run("monday/mnist").records(0, 1).folder(),
                run("tuesday/mnist").records(0, 1).folder());
        assertThat(page.select("#loops dt").eachText()).containsExactly("monday/mnist", "tuesday/mnist");
    }

    @Test
    void differentFeatureExtractorsAreRefusedAndNamed() {
        RunFixture first = run("a").features("lenet@aaaa").records(0, 1);
        RunFixture second = run("b").features("lenet@bbbb").records(0, 1);
        assertRefused(List.of(first.folder(), second.folder()), "lenet@bbbb", "lenet@aaaa");
    }

    @Test
    void oneRunOrTheSameTwiceIsRefused() {
        Path run = run("a").records(0, 1).folder();
        assertRefused(List.of(run), "1 run", "at least two");
        assertRefused(List.of(run, run.resolve("../a")), "given twice", "different runs");
    }

    @Test
    void missingFolderIsRefused() {
        assertRefused(
                List.of(run("a").records(0, 1).folder(), directory.resolve("nowhere")), "nowhere", "no such folder");
    }

    @Test
    void runsWithNothingInCommonGiveAPageThatSaysSo() {
        Document page =
                compare(run("a").records(0, 2).folder(), run("b").spec(1, 2).folder());
        assertThat(page.select(".notices").text()).contains("no finished generation in common");
        assertThat(page.select("#differences")).isEmpty();
    }

    private RunFixture run(String name) {
        return new RunFixture(directory.resolve(name));
    }

    private Document compare(Path... runs) {
        Path out = directory.resolve("comparison.html");
        Comparison.of(ComparisonRequest.of(List.of(runs))).writePage(out);
        return ReportTest.parse(out);
    }

    private void assertRefused(List<Path> runs, String... parts) {
        Path out = directory.resolve("comparison.html");
        assertThatThrownBy(() -> Comparison.of(ComparisonRequest.of(runs)).writePage(out))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
        assertThat(out).doesNotExist();
    }
}
