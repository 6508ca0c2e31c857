package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.autophage.collapse.Definition;
import org.autophage.collapse.Thresholds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons of planted runs: one loop that collapses, one that is level, three seeds each. */
class CompareCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void plantRuns() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            plant("bad-" + seed, "fully-synthetic", 1000, seed, 1);
            plant("good-" + seed, "fresh-data", 1000, seed, 0);
        }
    }

    /** A run of one seed over five generations whose distance grows by {@code pace}. */
    private void plant(String name, String kind, int synthetic, long seed, double pace) throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs").resolve(name));
        Files.writeString(
                run.resolve("experiment.yaml"),
                "name: %s\nseeds: [%d]\nloop: {kind: %s, generations: 5, synthetic: %d}\n"
                        .formatted(name, seed, kind, synthetic));
        List<String> lines = new ArrayList<>();
        for (int t = 1; t <= 5; t++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"generation\":%d,\"seed\":%d,\"loop\":\"%s\",\"features\":\"lenet@0\",\"samples\":100,"
                            + "\"frechetDistance\":%.4f,\"recall\":%.4f}",
                    t,
                    seed,
                    kind,
                    2 + .05 * seed + pace * (1 + .05 * seed) * (t - 1) + .01 * ((t + seed) % 2),
                    .8 - pace * (.13 + .003 * seed) * (t - 1) + .002 * ((t + seed) % 3)));
        }
        Files.createDirectories(run.resolve("seed-" + seed));
        Files.write(run.resolve("seed-" + seed + "/generations.jsonl"), lines);
    }

    private CommandRun compare(String... arguments) {
        String[] command = {
            "compare",
            "--runs",
            folder.resolve("runs").toString(),
            "--out",
            folder.resolve("page.html").toString()
        };
        return CommandRun.of(Stream.of(command, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    private CommandRun compareAll(String... arguments) {
        String[] all = {"bad-0", "bad-1", "bad-2", "good-0", "good-1", "good-2", "--by", "loop.kind"};
        return compare(Stream.of(all, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void theVerdictIsPrintedAndThePageHasIt() {
        CommandRun command = compareAll();
        assertThat(command.err()).isEmpty();
        assertThat(command.exitCode()).isZero();
        List<String> lines = command.out().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1)).matches("fully-synthetic +3 seeds +distance growth +Fréchet distance +collapsed .*");
        assertThat(lines.get(2))
                .matches("fully-synthetic +3 seeds +diversity loss +recall +collapsed .*generation 5.*");
        assertThat(lines.get(3)).contains("fresh-data").contains(" level ");
        assertThat(lines.get(5)).isEqualTo(folder.resolve("page.html").toString());
        assertThat(folder.resolve("page.html"))
                .content()
                .contains("fully-synthetic: collapsed by distance growth (Fréchet distance from generation 3 on)"
                        + " and diversity loss (recall from generation 5 on); it goes on")
                .contains("fresh-data: level.");
    }

    @Test
    void jsonHasVerdictsValuesAndPairedDifferences() {
        CommandRun command = compareAll("--json");
        JsonNode json = new JsonMapper().readTree(command.out());
        assertThat(command.err()).startsWith("page: ");
        assertThat(json.path("generation").asInt()).isEqualTo(5);
        assertThat(json.path("loops").path(0).path("outcome").asString()).isEqualTo("collapsed");
        assertThat(json.path("loops").path(0).path("seeds").size()).isEqualTo(3);
        assertThat(json.path("loops").path(0).path("runs").size()).isEqualTo(3);
        JsonNode verdict = json.path("loops").path(0).path("verdicts").path(0);
        assertThat(verdict.path("definition").asString()).isEqualTo("distance");
        assertThat(verdict.path("slope").path("mean").asDouble()).isBetween(1.04, 1.06);
        assertThat(verdict.path("passedFrom").asInt()).isEqualTo(3);
        JsonNode difference = json.path("loops")
                .path(1)
                .path("metrics")
                .path("frechetDistance")
                .path("difference");
        assertThat(difference.path("mean").asDouble()).isBetween(-4.3, -4.1);
        assertThat(difference.path("paired").asBoolean()).isTrue();
    }

    /** Values of numpy, scipy.stats.t.ppf(.975, 2) and the formulas of {@code plant}. */
    @Test
    void tablesCanBeCopiedIntoAPaper() {
        assertThat(compareAll("--table", "md", "--metrics", "frechetDistance,recall")
                        .out())
                .isEqualTo(
                        """
                        | Loop | Seeds | Fréchet distance | Recall | Verdict |
                        | :--- | ---: | ---: | ---: | :--- |
                        | fully-synthetic | 3 | 6.26 ± 0.62 | 0.270 ± 0.033 | collapsed |
                        | fresh-data | 3 | 2.06 ± 0.13 | 0.802 ± 0.005 | level |
                        | difference |  | **−4.20 ± 0.50** | **+0.532 ± 0.030** |  |

                        Table: Loops in generation 5: mean ± half-width of the 95% Student t interval over seeds. \
                        Below the means their differences to fully-synthetic, paired by seed; bold where the 95% \
                        interval leaves out 0. Verdict: the worst change over all generations of which the records are sure.
                        """);
        String latex = compareAll("--table", "latex", "--generations", "1,last").out();
        assertThat(latex)
                .startsWith(
                        "% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n\\caption{Loops in generations 1, 5:")
                .contains("\\label{tab:loops}\n\\begin{tabular}{lrrrrl}\n\\toprule\n")
                .contains("\ndifference &  &  & $\\mathbf{-4.2")
                .contains(" \\pm ")
                .endsWith("\\bottomrule\n\\end{tabular}\n\\end{table}\n");
        List<String> csv = compareAll("--table", "csv").out().lines().toList();
        assertThat(csv.get(0)).startsWith("loop,seeds,generation,metric,mean,low,high,difference,");
        assertThat(csv).hasSize(5);
        assertThat(csv.get(3)).startsWith("fresh-data,3,5,frechetDistance,2.05").endsWith(",true,level");
    }

    /** What is printed is what JSON has, of a baseline that was chosen and of every generation that was asked for. */
    @Test
    void numbersOfTablesAreThoseOfTheJson() {
        String[] asked = {"--metrics", "recall", "--generations", "2,last", "--baseline", "fresh-data"};
        JsonNode json =
                new JsonMapper().readTree(compareAll(with(asked, "--json")).out());
        List<String> csv =
                compareAll(with(asked, "--table", "csv")).out().lines().toList();
        List<String> expected = new ArrayList<>();
        for (JsonNode loop : json.path("loops")) {
            assertThat(loop.path("generations")).hasSize(2);
            for (JsonNode generation : loop.path("generations")) {
                JsonNode recall = generation.path("metrics").path("recall");
                JsonNode difference = recall.path("difference");
                expected.add(String.join(
                        ",",
                        loop.path("label").asString(),
                        "3",
                        generation.path("generation").asString(),
                        "recall",
                        recall.path("mean").asString(),
                        recall.path("low").asString(),
                        recall.path("high").asString(),
                        difference.path("mean").asString(""),
                        difference.path("low").asString(""),
                        difference.path("high").asString(""),
                        difference.path("paired").asString(""),
                        loop.path("outcome").asString()));
            }
            assertThat(loop.path("metrics"))
                    .isEqualTo(loop.path("generations").path(1).path("metrics"));
        }
        assertThat(csv.subList(1, csv.size())).isEqualTo(expected);
        assertThat(expected.get(0)).contains("fully-synthetic").endsWith(",true,collapsed");
        assertThat(expected.get(2)).endsWith(",,,,level");
    }

    private static String[] with(String[] some, String... others) {
        return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void aPageGoesBesideWhatItIsAboutAndATableLeavesNone() {
        String runs = folder.resolve("runs").toString();
        CommandRun table = CommandRun.of("compare", "--runs", runs, "bad-0", "good-0", "--table", "md");
        assertThat(table.err()).isEmpty();
        assertThat(folder.resolve("runs/comparison.html")).doesNotExist();
        CommandRun page = CommandRun.of("compare", "--runs", runs, "bad-0", "good-0");
        assertThat(page.out().lines().toList()).last().isEqualTo(runs + "/comparison.html");
        assertThat(folder.resolve("runs/comparison.html")).isNotEmptyFile();
    }

    @Test
    void figuresAreWrittenBesideThePageOrTheTable() {
        String figures = folder.resolve("figures").toString();
        CommandRun command = compareAll("--figures", figures, "--metrics", "recall", "--table", "csv");
        assertThat(command.err().lines())
                .first()
                .isEqualTo("figures: 1 figure in " + figures + ", each as SVG and PDF");
        assertThat(command.out().lines()).hasSize(3);
        assertThat(folder.resolve("figures"))
                .isDirectoryContaining("glob:**/recall.pdf")
                .isDirectoryContaining("glob:**/recall.svg");
    }

    /** One run's own table: a row a generation, differences to one of them by paired seeds. */
    @Test
    void aRunHasATableOfItsGenerations() throws IOException {
        plant("one", "fully-synthetic", 1000, 0, 1);
        plant("other", "fully-synthetic", 1000, 1, 1);
        Path both = folder.resolve("runs/one");
        Files.move(folder.resolve("runs/other/seed-1"), both.resolve("seed-1"));
        Files.writeString(
                both.resolve("experiment.yaml"),
                "name: one\nseeds: [0, 1]\nloop: {kind: fully-synthetic, generations: 5, synthetic: 1000}\n");
        CommandRun run = CommandRun.of(
                "report",
                both.toString(),
                "--table",
                "md",
                "--metrics",
                "frechetDistance",
                "--generations",
                "1,5",
                "--baseline",
                "1");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(
                        """
                        | Generation | Seeds | Fréchet distance |
                        | ---: | ---: | ---: |
                        | 1 | 2 | 2.0 ± 0.3 |
                        | 5 | 2 | 6.1 ± 1.5 |
                        | difference |  | **+4.1 ± 1.3** |

                        Table: one by generation: mean ± half-width of the 95% Student t interval over seeds. \
                        Below the means their differences to generation 1, paired by seed; bold where the 95% interval leaves out 0. \
                        Verdict: \
                        """);
        assertThat(both.resolve("report.html")).doesNotExist();
    }

    @Test
    void thresholdsCanBeSet() {
        assertThat(compareAll("--threshold", "distance=4,diversity=.1").out())
                .contains("worsening")
                .doesNotContain("collapsed");
    }

    @Test
    void aSweepStandsForItsCellsGroupedByItsKeysButTheSeeds() throws IOException {
        for (int seed = 0; seed < 2; seed++) {
            for (int synthetic : new int[] {100, 200}) {
                plant("grid/seeds=" + seed + ",n=" + synthetic, "fresh-data", synthetic, seed, .1);
            }
        }
        Files.writeString(
                folder.resolve("runs/grid/sweep.yaml"),
                "name: grid\nsweep: {seeds: [[0], [1]], loop.synthetic: [100, 200]}\n");
        CommandRun command = compare("grid");
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).contains("n_s = 100  2 seeds").contains("n_s = 200  2 seeds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "bad-0 | compare was given 1 run: give at least two, or a sweep",
                "bad-0 good-0 --by loop.knd | --by loop.knd: no run has this key in its experiment.yaml; they differ in loop.kind",
                "bad-0 bad-1 good-1 --by loop.synthetic | which differ in loop.kind: add it to --by",
                "bad-0 good-0 --interval bootstrap | bad-0 has 1 seed, and drawing from fewer than 5 says too little: use --interval t",
                "bad-0 good-0 --interval normal | '--interval': expected one of [T, BOOTSTRAP]",
                "bad-0 good-0 --threshold distance=.5 | --threshold distance is 0.5: must be above 1",
                "bad-0 good-0 --threshold speed=2 | --threshold speed: must be one of diversity, distance, modes, spread, tails",
                "bad-0 good-0 --table word | '--table': expected one of [MD, LATEX, CSV]",
                "bad-0 good-0 --table md --json | --json",
                "bad-0 good-0 --grids one | '--grids'",
                "bad-0 good-0 --metrics recal | --metrics recal: in no record; the nearest is recall",
                "bad-0 good-0 --table md --generations 1,6 | --generations 6: must be one of those that all seeds have, 1 to 5, or last",
                "bad-0 good-0 --baseline good-1 | --baseline good-1: none of the loops; the nearest is good-0",
                "bad-0 nowhere | nowhere is not a run folder",
                "bad-0 bad-0 | bad-0 is given twice"
            })
    void whatCannotBeComparedIsRefused(String arguments, String message) {
        CommandRun command = compare(arguments.split(" "));
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().lines()).first().asString().contains(message);
        assertThat(command.out()).isEmpty();
        assertThat(folder.resolve("page.html")).doesNotExist();
    }

    @Test
    void helpHasTheThresholdOfEveryDefinition() {
        String help = CommandRun.of("compare", "--help").out().replaceAll("\\s+", " ");
        for (Definition definition : Definition.values()) {
            assertThat(help)
                    .containsPattern(definition.specName() + "="
                            + BigDecimal.valueOf(Thresholds.DEFAULTS.of(definition))
                                    .stripTrailingZeros() + "\\b");
        }
    }
}
