package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --on slurm} as a person meets it; Slurm's commands are scripts on a PATH of the test. */
class SlurmSiteTest {
    @TempDir
    private Path folder;

    private Path spec;
    private Path bin;

    @BeforeEach
    void writeSpec() throws IOException {
        bin = Files.createDirectories(folder.resolve("bin"));
        spec = Files.writeString(
                folder.resolve("map.yaml"),
                """
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 3}
                model: {kind: gaussian}
                loop: {kind: fresh-data, generations: 2, initial: 20, real: 20, synthetic: 30}
                sweep: {loop.synthetic: [10, 30]}
                """);
    }

    private CommandRun sweep(String... more) {
        String[] command = {
            "sweep", spec.toString(), "--runs", folder.resolve("runs").toString()
        };
        return CommandRun.of(Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--slurm time=1:00:00 | --slurm is for --on slurm, and the cells run on local",
                "--detach | --detach is for --on slurm, and the cells run on local",
                "--detach --on local | --detach is for --on slurm, and the cells run on local",
                "--on nowhere | --on is nowhere: must be local or slurm"
            })
    void optionsOfAnotherSiteAreRefused(String words, String message) {
        CommandRun run = sweep(words.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("autophage: " + message);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void anOptionThatTheSweepSetsItselfIsRefusedFirst() {
        CommandRun run = sweep("--on", "slurm", "--slurm", "array=0-3");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains("array cannot be given: the sweep submits");
    }

    @ParameterizedTest
    @CsvSource({"--detach", "--on=slurm", "--on=local", "--slurm=time=1:00:00"})
    void aRunHasNoCells(String option) throws IOException {
        String runs = folder.resolve("runs").toString();
        Path one = Files.writeString(
                folder.resolve("one.yaml"), Files.readString(spec).replaceFirst("(?m)^sweep: .*$", ""));
        assertThat(CommandRun.of("run", one.toString(), "--runs", runs).exitCode())
                .isZero();
        CommandRun run = CommandRun.of("resume", "one", "--runs", runs, option);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("autophage: ").contains("is for sweeps, and one is a run");
    }

    /** Runs the command line in a process whose PATH has nothing but the test's scripts. */
    private CommandRun process(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "sweep",
                spec.toString(),
                "--runs",
                folder.resolve("runs").toString()));
        words.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("PATH", bin.toString());
        Path err = folder.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, Files.readString(err));
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aMachineWithoutSlurmIsToldInOneLine() throws Exception {
        CommandRun run = process("--on", "slurm");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("autophage: scontrol cannot be started: is Slurm installed here");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void aPartitionThatIsNotThereIsToldInSlurmsWords() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        command("scontrol", "echo 'MaxArraySize = 1001'");
        command("squeue", "");
        command("sbatch", "echo 'sbatch: error: invalid partition specified: nope' >&2; exit 1");
        CommandRun run = process("--on", "slurm", "--slurm", "partition=nope");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().isEqualTo("autophage: sbatch: invalid partition specified: nope");
    }

    @Test
    void detachedCellsAreLeftToSlurmAndHowToGoOnIsSaid() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        command("scontrol", "echo 'MaxArraySize = 1001'");
        command("squeue", "");
        command("sbatch", "for word in \"$@\"; do echo \"$word\"; done >'" + folder.resolve("words") + "'; echo 41");
        CommandRun run =
                process("--on", "slurm", "--slurm", "partition=a,b", "--slurm", "exclusive", "--jobs", "1", "--detach");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("2 cells go on in Slurm as job 41", "`scancel 41` ends them", "autophage resume");
        assertThat(Files.readAllLines(folder.resolve("words")))
                .contains(
                        "--parsable",
                        "--partition=a,b",
                        "--exclusive",
                        "--signal=B:TERM@120",
                        "--array=0-1%1",
                        "--requeue",
                        "--open-mode=append");
        assertThat(folder.resolve("runs/map/slurm/job.sh"))
                .content()
                .startsWith("#!/bin/sh\n")
                .contains("--index \"$((${1:-0} + SLURM_ARRAY_TASK_ID))\"");
    }
}
