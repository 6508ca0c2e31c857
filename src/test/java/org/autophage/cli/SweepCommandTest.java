package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.autophage.measure.Measures;
import org.autophage.planning.GpuShare.Found;
import org.autophage.program.Device;
import org.autophage.run.RunFolder;
import org.autophage.sweep.CellCluster;
import org.jsoup.Jsoup;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
    @TempDir
    private Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(
                folder.resolve("map.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 4, initial: 20, real: 20, synthetic: 30}
                sweep: {loop.synthetic: [10, 30, 90]}
                """);
    }

    private CommandRun sweep(String... more) {
        String[] command = {
            "sweep", spec.toString(), "--runs", folder.resolve("runs").toString(), "--jobs", "3"
        };
        return CommandRun.of(Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void aSweepLeavesCellsAReportAndATable() {
        CommandRun command = sweep();
        assertThat(command.err()).isEmpty();
        assertThat(command.exitCode()).isZero();
        assertThat(command.out().lines()).hasSize(4);
        assertThat(command.out()).contains("loop.synthetic=90  done").contains("squared 2-Wasserstein distance");
        Path sweep = folder.resolve("runs/map");
        assertThat(sweep.resolve("report.html")).content().contains("loop.synthetic: [10, 30, 90]");
        assertThat(sweep.resolve("loop.synthetic=30/report.html")).exists();
        assertThat(sweep.resolve("comparison.html")).as("loops of one seed").doesNotExist();
        assertThat(sweep.resolve("loop.synthetic=30/sweep.log")).content().contains("--index 1", "exit code 0");
        // again, by resume: nothing is left to do
        CommandRun again = CommandRun.of("resume", sweep.toString());
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("loop.synthetic=90  finished");
        CommandRun report = CommandRun.of(
                "report",
                "map",
                "--runs",
                folder.resolve("runs").toString(),
                "--out",
                folder.resolve("x.html").toString());
        assertThat(report.out().strip()).isEqualTo(folder.resolve("x.html").toString());
        assertThat(folder.resolve("x.html")).isNotEmptyFile();
    }

    @Test
    void loopsOfSeveralSeedsAreCompared() {
        CommandRun two = sweep("name=two", "sweep.loop.synthetic=[10]", "sweep.seeds=[[4], [5]]");
        assertThat(two.exitCode()).isZero();
        assertThat(two.out()).contains("in the second half").contains("2 seeds");
        assertThat(folder.resolve("runs/two/comparison.html")).isNotEmptyFile();
    }

    /** A verifier that lets nothing pass beyond a deviation makes the loop narrower than its control is, which is that without. */
    @Tag("slow")
    @Test
    void remediesStandBesideTheirControls() throws IOException {
        CommandRun run = sweep(
                "name=remedies",
                "loop.kind=fully-synthetic",
                "loop.real=null",
                "loop.initial=200",
                "sweep.loop.synthetic=[200]",
                "sweep.seeds=[[1], [2, 3]]",
                "sweep.remedies=[[], [{kind: verifier, right: ball, radius: 1}],"
                        + " [{kind: verifier, right: ball, radius: 1, control: random}]]");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Elements rows = Jsoup.parse(Files.readString(folder.resolve("runs/remedies/comparison.html")))
                .select("#remedies tbody tr");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).select("td").get(2).text()).isEmpty(); // nothing to compare with
        assertThat(rows.get(1).select("td").get(2).text()).endsWith("worse");
        assertThat(rows.get(1).select("td").get(3).text()).endsWith("worse");
        assertThat(rows.get(2).select("td").get(2).text()).endsWith("cannot be told");
        assertThat(rows.get(2).select("td").get(3).text()).isEmpty(); // is the control itself
        double drawn = Double.parseDouble(rows.get(1).select("td").get(4).text());
        assertThat(drawn)
                .isBetween(
                        203.0,
                        217.0); // second models lie within the ball already: .94 of their draws pass, and more later
        Elements told = Jsoup.parse(Files.readString(folder.resolve("runs/remedies")
                        .resolve(cell("verifier", "seeds=1"))
                        .resolve("report.html")))
                .select("#remedies tbody tr");
        assertThat(told).hasSize(4); // a row a generation
    }

    private String cell(String... parts) throws IOException {
        try (Stream<Path> cells = Files.list(folder.resolve("runs/remedies"))) {
            return cells.map(cell -> cell.getFileName().toString())
                    .filter(name -> Stream.of(parts).allMatch(name::contains))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aFailedCellMakesTheExitCode1AndIsNamed() throws IOException {
        Path blocked = folder.resolve("runs/map/loop.synthetic=30");
        Files.createDirectories(blocked.getParent());
        Files.createFile(blocked);
        CommandRun command = sweep("name=map", "sweep.loop.synthetic=[30, 90]");
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.out())
                .containsPattern("loop.synthetic=30  failed  .*cannot write")
                .contains("loop.synthetic=90  done");
        assertThat(sweep("name=map", "sweep.loop.synthetic=[30, 90]", "--fail-fast")
                        .out())
                .contains("loop.synthetic=90  finished");
    }

    @Test
    void anUnknownSiteIsNamed() {
        CommandRun command = sweep("--on", "moon");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).startsWith("autophage: --on is moon: must be local");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void recordsDoNotDependOnHowManyCellsRunAtATime() throws IOException {
        assertThat(sweep().exitCode()).isZero();
        Path alone = folder.resolve("alone");
        assertThat(CommandRun.of("sweep", spec.toString(), "--runs", alone.toString(), "--jobs", "1")
                        .exitCode())
                .isZero();
        for (String cell : List.of("loop.synthetic=10", "loop.synthetic=30", "loop.synthetic=90")) {
            assertThat(records(folder.resolve("runs/map").resolve(cell)))
                    .hasSize(4)
                    .isEqualTo(records(alone.resolve("map").resolve(cell)));
        }
    }

    private static List<Measures> records(Path cell) {
        return new RunFolder(cell)
                .seed(0).records().stream()
                        .map(record -> record.measures().withoutCosts())
                        .toList();
    }

    @Test
    void cellsCannotShareAGpuThatIsNotThere() {
        assumeTrue(Device.gpuCount() == 0, "there is one");
        CommandRun none = sweep("device=auto", "--per-gpu", "4");
        assertThat(none.exitCode()).isEqualTo(3);
        assertThat(none.err().lines())
                .singleElement()
                .asString()
                .startsWith("autophage: --per-gpu 4: this machine has no GPU");
        assertThat(sweep("--per-gpu", "2").err()).contains("--per-gpu 2: the cells' device is in the spec");
        CommandRun zero = sweep("--per-gpu", "0");
        assertThat(zero.exitCode()).isEqualTo(2);
        assertThat(zero.err()).contains("--per-gpu is 0: must be from 1 to 999");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aPlanSaysHowManyCellsAGpuHolds() {
        assertThat(SweepPlan.cellsOfAGpu(Optional.of(new Found(3L << 30, 80L << 30)), true))
                .isEqualTo(
                        "GPU memory: 3.0 of 80.0 GiB taken by what was trained and drawn just now; --per-gpu 26 fits by that, metrics come on top");
        assertThat(SweepPlan.cellsOfAGpu(Optional.of(new Found(3L << 30, 80L << 30)), false))
                .contains("just now, in smaller batches or chunks than the cells'; ");
        assertThat(SweepPlan.cellsOfAGpu(Optional.empty(), true))
                .isEqualTo("GPU memory: how many cells share a GPU (--per-gpu) is measured where there is one");
    }

    @Test
    void runSaysToUseSweep() {
        CommandRun command = CommandRun.of("run", spec.toString());
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().lines()).singleElement().asString().contains("section sweep", "`autophage sweep`");
    }

    @Test
    void badValuesStartNothing() {
        CommandRun command = sweep("sweep.loop.synthetic=[10, -1]");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().lines())
                .singleElement()
                .asString()
                .contains("cell loop.synthetic=-1: loop.synthetic is -1: must be at least 0");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void planAndValidateUnderstandSweeps() {
        CommandRun plan = CommandRun.of("plan", spec.toString(), "--no-estimate");
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out())
                .startsWith("map: a sweep of 3 cells, --index 0 to 2")
                .contains("2      loop.synthetic=90  4");
        CommandRun validate = CommandRun.of("validate", spec.toString());
        assertThat(validate.exitCode()).isZero();
        assertThat(validate.err().strip()).isEqualTo("valid, a sweep of 3 cells");
        assertThat(validate.out()).contains("loop.synthetic: [10, 30, 90]");
    }

    @Test
    void sparkThatIsNotThereSaysHowToGetIt() {
        assumeTrue(ServiceLoader.load(CellCluster.class).findFirst().isEmpty(), "it is there");
        CommandRun spark = sweep("--on", "spark");
        assertThat(spark.exitCode()).isEqualTo(2);
        assertThat(spark.err().lines())
                .singleElement()
                .asString()
                .contains("--on spark: Spark's part is not there", "`mvn -Pspark -DskipTests package`");
        assertThat(sweep("--spark", "master=local[1]").err()).contains("--spark is for --on spark");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
