package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.autophage.program.Device;
import org.autophage.run.Provenance;
import org.autophage.run.Provenance.Session;
import org.autophage.run.RunFolder;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a Spark cluster of two workers on this machine, whose executors are processes of their own. */
@Tag("slow")
class SparkSweepTest {
    private static final String CLUSTER = "master=local-cluster[2,1,1024],task.maxFailures=20";
    private static final Path HOME = Path.of("target", "spark-home");
    private static final int KILLS = 4;
    private static final int GENERATIONS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Cells of 20 dimensions take milliseconds, those of 400 some seconds. */
    private static final String SPEC =
            """
            name: killed
            device: cpu
            dataset: {kind: points, distribution: gaussian, dimensions: 20, replicas: 5}
            model: {kind: gaussian}
            loop: {kind: fresh-data, generations: 12, initial: 100, real: 100, synthetic: 100}
            sweep: {dataset.dimensions: [400, 20], loop.synthetic: {from: 100, to: 300, step: 100}, sampling.bias: [0.7, 1.0]}
            """;

    @TempDir
    Path folder;

    private Path spec;

    @BeforeEach
    void prepare() throws IOException {
        spec = Files.writeString(folder.resolve("killed.yaml"), SPEC);
    }

    /** A folder like that of a Spark that was unpacked: executors get what lies in its jars. */
    @BeforeAll
    static void makeSparkHome() throws IOException {
        Path jars = Files.createDirectories(HOME.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            Path link = jars.resolve(jar.getFileName());
            if (entry.endsWith(".jar") && !entry.contains("logback") && !entry.contains("pytorch")) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, jar);
            }
        }
    }

    private Process sweep(String runs, String... more) throws IOException {
        return AutophageProcess.start(folder, "sweep", spec, runs, more);
    }

    /** As the launcher starts it. */
    private Process onSpark(String runs, String settings, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(
                List.of("sweep", spec.toString(), "--runs", folder.resolve(runs).toString()));
        words.addAll(List.of("--spark", settings));
        words.addAll(List.of(more).contains("--on") ? List.of() : List.of("--on", "spark"));
        words.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SPARK_HOME", HOME.toAbsolutePath().toString());
        builder.environment().put("AUTOPHAGE_CACHE", folder.resolve("cache").toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(runs + ".log").toFile())
                .start();
    }

    @Test
    void noCellIsLostAndNoneIsRunTwiceWhenExecutorsAreKilled(TestReporter reporter) throws Exception {
        assertThat(sweep("whole", "--jobs", "2").waitFor()).isZero();
        Process driver = onSpark("killed", CLUSTER);
        int kills = 0;
        for (; kills < KILLS; kills++) {
            Optional<ProcessHandle> busy = await(driver, this::isInTheMiddleOfACell);
            if (busy.isEmpty()) {
                break; // the sweep is over
            }
            busy.get().destroyForcibly();
            busy.get().onExit().join();
        }
        assertThat(driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(driver.exitValue()).as(log("killed")).isZero();
        int sessions = 0;
        for (String cell : cells("whole")) {
            assertThat(records("killed", cell)).hasSize(GENERATIONS).isEqualTo(records("whole", cell));
            List<Session> of = Provenance.read(run("killed", cell).provenance()).sessions();
            assertThat(of)
                    .filteredOn(session -> "done".equals(session.outcome()))
                    .hasSize(1);
            sessions += of.size();
        }
        assertThat(cells("killed")).hasSize(12).isEqualTo(cells("whole"));
        reporter.publishEntry("executors killed", "%d; 12 cells complete in %d sessions".formatted(kills, sessions));
        assertThat(kills).isPositive();
        assertThat(sessions).as("cells went on from what was there").isGreaterThan(12);
    }

    @Test
    void aSignalLeavesCheckpointsAndTheSweepGoesOn() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        Process driver = onSpark("stopped", CLUSTER);
        assertThat(await(driver, SparkSweepTest::isBusyExecutor)).isPresent();
        List<ProcessHandle> others = driver.descendants().toList();
        new ProcessBuilder("/bin/kill", "-TERM", String.valueOf(driver.pid()))
                .start()
                .waitFor();
        assertThat(driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(driver.exitValue()).as(log("stopped")).isEqualTo(130);
        for (ProcessHandle other : others) {
            other.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(onSpark("stopped", CLUSTER).waitFor()).as(log("stopped")).isZero();
        assertThat(cells("stopped")).hasSize(12);
    }

    @Test
    void tasksGetTheGpusThatWorkersHave() throws Exception {
        Path script = Files.writeString(
                folder.resolve("gpus.sh"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"3\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        String gpus = "master=local-cluster[1,4,1024],worker.resource.gpu.amount=2,worker.resource.gpu.discoveryScript="
                + script + ",executor.resource.gpu.amount=2";
        Process driver = onSpark(
                "gpus",
                gpus,
                "device=gpu",
                "--per-gpu",
                "2",
                "sweep.dataset.dimensions=[20]",
                "sweep.loop.synthetic=[10, 20]");
        assertThat(driver.waitFor()).as(log("gpus")).isEqualTo(1);
        assumeTrue(Device.gpuCount() == 0, "cells of this test find no GPU");
        try (Stream<Path> logs = Files.find(folder.resolve("gpus"), 3, (path, any) -> path.endsWith("sweep.log"))) {
            List<String> texts = new ArrayList<>();
            for (Path each : logs.toList()) {
                texts.add(Files.readString(each));
            }
            assertThat(texts).hasSize(4).allSatisfy(text -> assertThat(text)
                    .containsPattern("device=gpu:[03]/2")
                    .contains("libtorch sees no GPU", "exit code 3"));
            assertThat(String.join("", texts)).contains("device=gpu:0/2", "device=gpu:3/2");
        }
    }

    @Test
    void whatCannotBeginSaysSoInOneLine() throws Exception {
        String free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = "spark://localhost:" + socket.getLocalPort();
        }
        refused(2, "--on spark: no master", "app.name=x");
        refused(2, "--spark master: spark://here must be HOST:PORT", "master=spark://here");
        refused(2, "--spark executor.memroy: Spark has no setting of this name", "master=local[1],executor.memroy=1g");
        refused(2, "--spark master: must be NAME=VALUE", "master");
        refused(1, "Spark's master " + free + " does not answer", "master=" + free);
        refused(1, "Spark could not begin on nowhere", "master=nowhere");
        refused(
                1,
                "Spark could not begin on local-cluster[1,1,1024]: SparkException: The number of cores per executor (=1) has to be >= the number of cpus per task = 3.",
                "master=local-cluster[1,1,1024],task.cpus=3");
        refused(2, "--on spark: device is gpu:1: must be auto, cpu or gpu", "master=local[1]", "device=gpu:1");
        refused(2, "--on spark: master is local[1], which gives tasks no GPU", "master=local[1]", "device=gpu");
        refused(2, "--spark is for --on spark", "master=local[1]", "--on", "local");
    }

    @Test
    void executorsThatDoNotComeOrAreLostAreWaitedForAWhile() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "spark://localhost:" + port;
        Process master = ofSpark("master.Master", "--port", String.valueOf(port));
        try {
            awaitPort(master, port);
            refused(
                    1,
                    "no executor with 3 cores from " + url + " for 5 s",
                    "task.cpus=3,executor.cores=3,scheduler.maxRegisteredResourcesWaitingTime=5s,master=" + url);
            Process allocating = onSpark(
                    "allocated",
                    "dynamicAllocation.enabled=true,scheduler.maxRegisteredResourcesWaitingTime=5s,master=" + url);
            assertThat(allocating.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(allocating.exitValue()).as(log("allocated")).isEqualTo(1);
            assertThat(log("allocated")).contains("autophage: no executor with a core from " + url + " for 5 s");
            Process worker = ofSpark("worker.Worker", "--cores", "1", "--memory", "1g", url);
            Process driver = onSpark(
                    "lost", "executor.memory=512m,scheduler.maxRegisteredResourcesWaitingTime=20s,master=" + url);
            try {
                Instant end = Instant.now().plus(PATIENCE);
                while (driver.isAlive()
                        && Instant.now().isBefore(end)
                        && worker.descendants().noneMatch(SparkSweepTest::isBusyExecutor)) {
                    Thread.sleep(20);
                }
                assertThat(driver.isAlive()).as(log("lost")).isTrue();
            } finally {
                worker.destroyForcibly(); // its executors end by themselves
            }
            assertThat(driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(driver.exitValue()).as(log("lost")).isEqualTo(1);
            assertThat(log("lost"))
                    .containsOnlyOnce("no executor with a core from " + url + " is there; waits 20 s for one")
                    .contains("autophage: no executor with a core from " + url + " for 20 s; --spark ");
        } finally {
            master.destroyForcibly();
        }
    }

    /** A daemon of Spark's own cluster. */
    private Process ofSpark(String daemon, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.spark.deploy." + daemon,
                "--host",
                "localhost",
                "--webui-port",
                "0"));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().put("SPARK_HOME", HOME.toAbsolutePath().toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(daemon + ".log").toFile())
                .start();
    }

    private static void awaitPort(Process process, int port) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            try (Socket socket = new Socket("localhost", port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
    }

    private void refused(int exitCode, String message, String settings, String... more) throws Exception {
        Path log = folder.resolve("refused.log");
        Files.deleteIfExists(log);
        Process process = onSpark("refused", settings, more);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(log).stream().filter(line -> !line.startsWith("Try")))
                .singleElement()
                .asString()
                .startsWith("autophage: " + message);
        assertThat(process.exitValue()).isEqualTo(exitCode);
    }

    private static boolean isBusyExecutor(ProcessHandle process) {
        return process.isAlive()
                && process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend")
                && process.children().findAny().isPresent();
    }

    /** Whether an executor runs a cell while both of them are in the middle of one. */
    private boolean isInTheMiddleOfACell(ProcessHandle process) {
        List<SweepCell> begun = SweepSpec.read(spec, List.of()).cells().stream()
                .filter(cell -> {
                    int next = run("killed", cell.name()).seed(0).nextGeneration();
                    return next > 1 && next < GENERATIONS;
                })
                .toList();
        return begun.size() == 2 && isBusyExecutor(process);
    }

    /** A process that descends from another; empty if that one is over before there is one. */
    private static Optional<ProcessHandle> await(Process process, Predicate<ProcessHandle> wanted)
            throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            Optional<ProcessHandle> found = process.descendants().filter(wanted).findAny();
            if (found.isPresent()) {
                return found;
            }
            Thread.sleep(20);
        }
        return Optional.empty();
    }

    private String log(String runs) throws IOException {
        Path log = folder.resolve(runs + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private List<String> cells(String runs) throws IOException {
        try (Stream<Path> contents = Files.list(folder.resolve(runs).resolve("killed"))) {
            return contents.filter(path -> Files.exists(path.resolve("experiment.yaml")))
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
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
