package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Slurm's commands say, by scripts in their place. */
class SlurmCommandsTest {
    private static final SlurmName NAME = new SlurmName("map-0123456789");

    @TempDir
    private Path bin;

    @BeforeEach
    void needAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
    }

    private SlurmCommands slurm() {
        return new SlurmCommands(name -> bin.resolve(name).toString(), Duration.ofSeconds(20));
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** As squeue pads its columns. */
    private static String line(String... values) {
        int[] widths = {20, 12, 20, 12, 60, 60, 100};
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            line.append(String.format("%-" + widths[i] + "s", values[i]));
        }
        return line + "\n";
    }

    @Test
    void submissionsGiveANumber() throws IOException {
        command("sbatch", "echo 77");
        assertThat(slurm().submit(List.of("sbatch", "x"))).isEqualTo(77);
        command("sbatch", "echo '78;cluster'");
        assertThat(slurm().submit(List.of("sbatch", "x"))).isEqualTo(78);
        command("sbatch", "echo Submitted batch job 79");
        assertThatThrownBy(() -> slurm().submit(List.of("sbatch", "x")))
                .hasMessage("sbatch should print the number of the job, and printed: Submitted batch job 79");
    }

    /** Words of Slurm 22.05. */
    @Test
    void refusalsAreToldInSlurmsWordsInOneLine() throws IOException {
        command(
                "sbatch",
                """
                echo 'sbatch: error: invalid partition specified: nope' >&2
                echo 'sbatch: error: Batch job submission failed: Invalid partition name specified' >&2
                exit 1
                """);
        assertThatThrownBy(() -> slurm().submit(List.of("sbatch", "x")))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessage(
                        "sbatch: invalid partition specified: nope; Batch job submission failed: Invalid partition name specified");
        command("sbatch", "exit 9");
        assertThatThrownBy(() -> slurm().submit(List.of("sbatch", "x"))).hasMessage("sbatch: exit code 9");
    }

    @Test
    void aCommandThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> slurm().arraySize())
                .hasMessageStartingWith("scontrol cannot be started: is Slurm installed here");
    }

    @Test
    void aCommandThatDoesNotAnswerIsEnded() throws IOException {
        command("squeue", "exec sleep 100");
        SlurmCommands hasty = new SlurmCommands(name -> bin.resolve(name).toString(), Duration.ofMillis(200));
        assertThatThrownBy(() -> hasty.tasks(NAME)).hasMessageStartingWith("squeue has not answered for ");
    }

    @Test
    void theSizeOfArraysIsTheClustersOrSlurmsUsualOne() throws IOException {
        command("scontrol", "printf 'MaxArraySize            = 51\\nMaxJobCount             = 10000\\n'");
        assertThat(slurm().arraySize()).isEqualTo(51);
        command("scontrol", "echo");
        assertThat(slurm().arraySize()).isEqualTo(1001);
    }

    @Test
    void tasksAreReadFromColumns() throws IOException {
        String lines = "CLUSTER: c\n"
                + line("12", "3", "RUNNING", "0", "None", "node-[1-2]", "map-0123456789")
                + line("12", "4", "PENDING", "0", "ReqNodeNotAvail, UnavailableNodes:n1", "", "map-0123456789+1001")
                + line("12", "5", "FAILED", "512", "NonZeroExitCode", "n1", "map-0123456789")
                + line("12", "6", "FAILED", "9", "RaisedSignal:9(Killed)", "n1", "map-0123456789")
                + line("12", "7", "RUNNING", "0", "None", "n1", "another")
                + line("13", "N/A", "RUNNING", "0", "None", "n1", "map-0123456789");
        Files.writeString(bin.resolve("lines"), lines);
        command("squeue", "cat '" + bin.resolve("lines") + "'");
        List<SlurmTask> tasks = slurm().tasks(NAME);
        assertThat(tasks)
                .containsExactly(
                        new SlurmTask(12, 3, 0, "RUNNING", 0, "None", "node-[1-2]"),
                        new SlurmTask(12, 1005, 1001, "PENDING", 0, "ReqNodeNotAvail, UnavailableNodes:n1", ""),
                        new SlurmTask(12, 5, 0, "FAILED", 512, "NonZeroExitCode", "n1"),
                        new SlurmTask(12, 6, 0, "FAILED", 9, "RaisedSignal:9(Killed)", "n1"));
        assertThat(tasks).extracting(SlurmTask::exitCode).containsExactly(0, 0, 2, 137);
        assertThat(tasks).extracting(SlurmTask::name).contains("12_3", "12_4");
        assertThat(tasks).extracting(SlurmTask::isUnderWay).containsExactly(true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Welcome to the cluster!", "JOBID PARTITION", "12", "\u0000\u0001"})
    void anythingElseIsNoTask(String garbage) {
        assertThatThrownBy(() -> SlurmQueue.parse(garbage + "\n", NAME))
                .hasMessageStartingWith("squeue should print a task a line");
    }

    @Test
    void commandsAreNotTakenForPartOfTheJobThatTheyRunIn() throws IOException {
        command("sbatch", "[ -z \"$SLURM_CPUS_PER_TASK$SLURM_JOB_ID\" ] && echo 5");
        assertThat(slurm().submit(List.of("sbatch"))).isEqualTo(5);
    }
}
