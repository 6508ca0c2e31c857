package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A real Slurm with two nodes of one core, on this machine and for one test class: src/test/slurm/cluster. */
final class SlurmCluster implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src/test/slurm/cluster").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The script's own, and how many it takes. */
    private static final int FIRST_PORT = 16917;

    private static final int PORTS = 3;

    private final Path folder;

    private SlurmCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts it; skips the test, with a word, where Slurm is not installed. */
    static SlurmCluster start(Path folder) throws IOException, InterruptedException {
        for (String daemon : List.of("slurmctld", "slurmd", "munged")) {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/sbin", daemon)),
                    daemon + " is missing: CONTRIBUTING.md says how to install Slurm");
        }
        SlurmCluster cluster = new SlurmCluster(Files.createDirectories(folder));
        assertThat(cluster.wait(List.of(SCRIPT.toString(), "start", folder.toString(), String.valueOf(freePorts()))))
                .as("start of Slurm")
                .isEmpty();
        return cluster;
    }

    /** The first of three ports in a row that nobody listens on. */
    private static int freePorts() {
        for (int first = FIRST_PORT; first < FIRST_PORT + 1000; first += PORTS) {
            if (IntStream.range(first, first + PORTS).allMatch(SlurmCluster::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs one of Slurm's commands and gives what it printed. */
    String command(String... words) throws IOException, InterruptedException {
        return wait(List.of(words));
    }

    private String wait(List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Process process = builder(words)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(out).strip();
    }

    /** Kills a daemon: ctld, n1 or n2. */
    void kill(String daemon) throws IOException, InterruptedException {
        wait(List.of(
                "kill", "-9", Files.readString(folder.resolve(daemon + ".pid")).strip()));
    }

    void startController() throws IOException, InterruptedException {
        wait(List.of("/usr/sbin/slurmctld"));
    }

    void startNode(String node) throws IOException, InterruptedException {
        wait(List.of("/usr/sbin/slurmd", "-N", node));
    }

    /** Tasks that run, such as 12_3 n1; a node's alone where one is named. */
    List<String> running(String node) throws IOException, InterruptedException {
        return command(
                        "squeue",
                        "--me",
                        "--noheader",
                        "--states=running",
                        "--Format=ArrayJobID:|,ArrayTaskID:|,NodeList:|")
                .lines()
                .map(line -> line.split("\\|"))
                .filter(parts ->
                        parts.length == 3 && (node.isEmpty() || parts[2].strip().equals(node)))
                .map(parts -> parts[0].strip() + "_" + parts[1].strip())
                .toList();
    }

    static void await(String what, BooleanSupplier there) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!there.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.sleep(200);
        }
    }

    /** Starts Autophage on this cluster's login node, which is this machine; its output is appended to a file. */
    Process autophage(Path log, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return builder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
        builder.environment().put("OMP_NUM_THREADS", "1"); // as few here as on a node, for the same figures
        builder.environment().put("AUTOPHAGE_CACHE", folder.resolve("cache").toString());
        return builder;
    }

    @Override
    public void close() {
        try {
            wait(List.of(SCRIPT.toString(), "stop", folder.toString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
