package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.autophage.run.Provenance;
import org.autophage.run.Provenance.Session;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A sweep of 12 cells whose processes are killed, or asked to stop, loses no cell and runs none twice. */
@Tag("slow")
class KilledSweepTest {
    private static final int KILLS = 6;
    private static final int GENERATIONS = 12;
    private static final long SEED = 20261122;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Cells of 20 dimensions take milliseconds, those of 400 some seconds. */
    private static final String SPEC =
            """
            name: killed
            device: cpu
            dataset: {kind: points, distribution: gaussian, dimensions: 20, replicas: 5}
            model: {kind: gaussian}
            loop: {kind: fresh-data, generations: 12, initial: 100, real: 100, synthetic: 100}
            sweep: {dataset.dimensions: [20, 400], loop.synthetic: {from: 100, to: 300, step: 100}, sampling.bias: [0.7, 1.0]}
            """;

    @TempDir
    Path folder;

    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(folder.resolve("killed.yaml"), SPEC);
    }

    private Process sweep(String runs) throws IOException {
        return AutophageProcess.start(folder, "sweep", spec, runs, "--jobs", "2");
    }

    @Test
    void noCellIsLostAndNoneIsRunTwice(TestReporter reporter) throws Exception {
        assertThat(sweep("whole").waitFor()).isZero();
        SplittableRandom random = new SplittableRandom(SEED);
        int parents = 0;
        int children = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process parent = sweep("killed");
            Optional<ProcessHandle> child = awaitChild(parent);
            if (parent.waitFor(random.nextLong(1500), TimeUnit.MILLISECONDS) || child.isEmpty()) {
                parent.waitFor();
                break;
            }
            if (kill % 2 == 0) {
                // The children of a parent that is killed notice and end; nobody waits for that here.
                parent.destroyForcibly().waitFor();
                parents++;
            } else {
                children += child.get().destroyForcibly() ? 1 : 0;
                assertThat(parent.waitFor()).isZero();
            }
        }
        assertThat(sweep("killed").waitFor()).isZero();

        reporter.publishEntry("kills of sweeps", "%d of the sweep, %d of a cell".formatted(parents, children));
        assertThat(parents).isPositive();
        assertThat(children).isPositive();
        for (String cell : cells("whole")) {
            assertThat(records("killed", cell)).hasSize(GENERATIONS).isEqualTo(records("whole", cell));
            List<Session> sessions =
                    Provenance.read(run("killed", cell).provenance()).sessions();
            assertThat(sessions)
                    .filteredOn(session -> "done".equals(session.outcome()))
                    .hasSize(1);
            assertThat(sessions.get(sessions.size() - 1).outcome()).isEqualTo("done");
        }
        assertThat(cells("killed")).hasSize(12).isEqualTo(cells("whole"));
        assertThat(folder.resolve("killed/killed/report.html")).isNotEmptyFile();
    }

    @Test
    void childrenOfAKilledParentEnd() throws Exception {
        Process parent = sweep("orphans");
        ProcessHandle child = awaitChild(parent).orElseThrow();
        parent.destroyForcibly().waitFor();
        assertThat(child.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .get()
                        .isAlive())
                .isFalse();
    }

    @Test
    void aSignalReachesTheChildrenAndResumeGoesOn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        Process parent = sweep("stopped");
        List<ProcessHandle> children = List.of(awaitChild(parent).orElseThrow());
        new ProcessBuilder("/bin/kill", "-TERM", String.valueOf(parent.pid()))
                .start()
                .waitFor();
        assertThat(parent.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(parent.exitValue()).isEqualTo(130);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(sweep("stopped").waitFor()).isZero();
        assertThat(cells("stopped")).hasSize(12);
    }

    @Test
    void twoSweepsAtATimeShareTheCellsOut() throws Exception {
        Process one = sweep("both");
        Process two = sweep("both");
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        assertThat(cells("both")).hasSize(12).allSatisfy(cell -> {
            assertThat(records("both", cell)).hasSize(GENERATIONS);
            assertThat(Provenance.read(run("both", cell).provenance()).sessions())
                    .extracting(Session::outcome)
                    .containsExactly("done");
        });
    }

    /** A process of a cell; empty if the sweep is over before there is one. */
    private static Optional<ProcessHandle> awaitChild(Process parent) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (parent.isAlive() && Instant.now().isBefore(end)) {
            Optional<ProcessHandle> child = parent.children().findFirst();
            if (child.isPresent()) {
                return child;
            }
            Thread.sleep(20);
        }
        return Optional.empty();
    }

    private List<String> cells(String runs) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> contents = Files.list(folder.resolve(runs).resolve("killed"))) {
            contents.filter(path -> Files.exists(path.resolve("experiment.yaml")))
                    .sorted()
                    .forEach(path -> names.add(path.getFileName().toString()));
        }
        return names;
    }

    private RunFolder run(String runs, String cell) {
        return new RunFolder(folder.resolve(runs).resolve("killed").resolve(cell));
    }

    private List<String> records(String runs, String cell) throws IOException {
        return Files.readAllLines(run(runs, cell).seed(0).generations()).stream()
                .map(line -> line.replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}]*", ""))
                .toList();
    }
}
