package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.run.Provenance;
import org.autophage.run.Provenance.Session;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of 12 cells on a real Slurm, whose nodes, jobs and controller do not live quietly: no cell is lost, and none run twice. */
@Tag("slow")
class SlurmCampaignTest {
    private static final int CELLS = 12;
    private static final int GENERATIONS = 60;

    /** Cells of some seconds on a core. */
    private static final String SPEC =
            """
            name: campaign
            device: cpu
            keep: none
            dataset: {kind: points, distribution: gaussian, dimensions: 100, replicas: 15, holdout: 100}
            model: {kind: gaussian}
            loop: {kind: fresh-data, generations: 60, initial: 300, real: 200, synthetic: 200}
            sweep: {loop.synthetic: [200, 250, 300], sampling.bias: [0.7, 0.8, 0.9, 1.0]}
            """;

    private static final List<Integer> SYNTHETIC = List.of(200, 250, 300);
    private static final List<Double> BIASES = List.of(0.7, 0.8, 0.9, 1.0);

    @TempDir
    private static Path folder;

    private static SlurmCluster slurm;
    private static Path spec;

    @BeforeAll
    static void startSlurm() throws IOException, InterruptedException {
        slurm = SlurmCluster.start(folder.resolve("slurm"));
        spec = Files.writeString(folder.resolve("campaign.yaml"), SPEC);
    }

    @AfterAll
    static void stopSlurm() {
        if (slurm != null) {
            slurm.close();
        }
    }

    private final Path log = folder.resolve("campaign.log");
    private final List<String> done = new ArrayList<>();

    private Process sweep(String... more) throws IOException {
        return slurm.autophage(
                log,
                Stream.of(new String[] {"sweep", spec.toString(), "--runs", runs().toString()}, more)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    /** With what shells and patterns of file names would take for something else. */
    private static Path runs() {
        return folder.resolve("it's 100% of \"runs\"");
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    /** A task of a node that has come to its second generation and is not done. */
    private String runningOn(String node) throws InterruptedException {
        List<String> found = new ArrayList<>();
        SlurmCluster.await("a task on " + node, () -> {
            try {
                slurm.running(node).stream()
                        .filter(SlurmCampaignTest::isInTheMiddle)
                        .forEach(found::add);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private static boolean isInTheMiddle(String task) {
        int index = Integer.parseInt(task.substring(task.indexOf('_') + 1));
        String cell = "loop.synthetic=%d,sampling.bias=%s"
                .formatted(SYNTHETIC.get(index / BIASES.size()), BIASES.get(index % BIASES.size()));
        int next =
                new RunFolder(runs().resolve("campaign").resolve(cell)).seed(0).nextGeneration();
        return next > 2 && next < GENERATIONS / 2;
    }

    private void disturb(String what, String... command) throws Exception {
        assertThat(slurm.command(command)).as(what).isEmpty();
        done.add(what);
    }

    @Test
    void noCellIsLostAndNoneIsRunTwice(TestReporter reporter) throws Exception {
        Process local = slurm.autophage(
                folder.resolve("local.log"),
                "sweep",
                spec.toString(),
                "--jobs",
                "2",
                "--runs",
                folder.resolve("local").toString());
        assertThat(local.waitFor()).isZero();

        Process first = sweep("--on", "slurm", "--slurm", "time=10");
        String drained = runningOn("n1");
        disturb(
                "node drained while it ran " + drained,
                "scontrol",
                "update",
                "NodeName=n1",
                "State=DRAIN",
                "Reason=test");
        String cancelled = runningOn("n2");
        disturb("job " + cancelled + " cancelled", "scancel", cancelled);
        SlurmCluster.await("the drained node's task to end", () -> {
            try {
                return slurm.running("n1").isEmpty();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        slurm.command("scontrol", "update", "NodeName=n1", "State=RESUME");
        runningOn("n1");

        String orphaned = runningOn("n2");
        slurm.kill("n2");
        done.add("daemon of n2 killed while it ran " + orphaned);
        Thread.sleep(2000);
        slurm.startNode("n2");

        slurm.kill("ctld");
        SlurmCluster.await("a word of the controller", () -> said().contains("Slurm does not answer"));
        slurm.startController();
        done.add("controller killed and started again");
        SlurmCluster.await("the controller", () -> said().contains("Slurm answers again"));
        slurm.command("scontrol", "update", "NodeName=n1", "State=RESUME"); // it may have forgotten that

        String failed = runningOn("n1");
        disturb(
                "node n1 down while it ran " + failed,
                "scontrol",
                "update",
                "NodeName=n1",
                "State=DOWN",
                "Reason=test"); // it comes back by itself

        first.destroyForcibly().waitFor();
        done.add("the process that followed killed");
        Process second = slurm.autophage(log, "resume", "campaign", "--runs", runs().toString(), "--detach");
        assertThat(second.waitFor()).as(said()).isZero();

        Process last = sweep();
        assertThat(last.waitFor()).as(said()).isZero();
        check(reporter);
    }

    private void check(TestReporter reporter) throws IOException, InterruptedException {
        Path sweep = runs().resolve("campaign");
        List<RunFolder> cells = cells(sweep);
        assertThat(cells).hasSize(CELLS);
        int sessions = 0;
        for (RunFolder cell : cells) {
            List<Session> all = Provenance.read(cell.provenance()).sessions();
            sessions += all.size();
            assertThat(all)
                    .filteredOn(each -> "done".equals(each.outcome()))
                    .as(cell.name())
                    .hasSize(1);
            assertThat(all.get(all.size() - 1).outcome()).isEqualTo("done");
            for (int i = 1; i < all.size(); i++) {
                String ended = all.get(i - 1).ended();
                if (ended != null) { // not of a process that was killed
                    assertThat(Instant.parse(ended))
                            .isBeforeOrEqualTo(Instant.parse(all.get(i).started()));
                }
            }
            RunFolder alone = new RunFolder(folder.resolve("local/campaign").resolve(cell.name()));
            assertThat(records(cell)).as(cell.name()).hasSize(GENERATIONS).isEqualTo(records(alone));
        }
        int submitted = 0;
        Matcher submission = Pattern.compile("(\\d+) of 12 cells submitted").matcher(said());
        while (submission.find()) {
            submitted += Integer.parseInt(submission.group(1));
        }
        assertThat(submitted).isBetween(CELLS, CELLS + 3);
        assertThat(sweep.resolve("report.html")).isNotEmptyFile();
        assertThat(slurm.command("squeue", "--me", "--noheader", "--states=pending,running"))
                .isEmpty();
        reporter.publishEntry("disturbances", String.join("; ", done));
        reporter.publishEntry(
                "cells",
                "%d of %d complete, records as without Slurm; %d submissions of cells, %d sessions, %d of them to the end"
                        .formatted(cells.size(), CELLS, submitted, sessions, cells.size()));
    }

    private static List<RunFolder> cells(Path sweep) throws IOException {
        try (Stream<Path> contents = Files.list(sweep)) {
            return contents.map(RunFolder::new).filter(RunFolder::exists).toList();
        }
    }

    private static List<String> records(RunFolder cell) throws IOException {
        return Files.readAllLines(cell.seed(0).generations()).stream()
                .map(line -> line.replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}]*", ""))
                .toList();
    }
}
