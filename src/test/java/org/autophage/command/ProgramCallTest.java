package org.autophage.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProgramCallTest {
    @TempDir
    private Path folder;

    private final List<ToldStep> told = new ArrayList<>();

    private Job job() {
        ObjectNode options = JsonMapper.shared().createObjectNode();
        options.put("none", "a\0b")
                .put("batchSize", 64)
                .put("lr-2", 0.5)
                .putArray("list")
                .add(1);
        Job job = Job.of(folder.resolve("job"), "train", options, true);
        job.request().put("seed", 7).put("data", "a b");
        return job;
    }

    private void run(String script, int seconds, int secondsToStop, StopSignal stop) throws IOException {
        Path file = Scripts.of(folder, "program.sh", script);
        new ProgramCall(
                        "model.program",
                        new ForeignProgram(List.of(file.toString(), "own word")),
                        seconds,
                        secondsToStop)
                .run(job(), ProgramDevice.CPU, stop, told::add);
    }

    private AutophageException failing(String script, int seconds, int secondsToStop, StopSignal stop) {
        return catchThrowableOfType(AutophageException.class, () -> run(script, seconds, secondsToStop, stop));
    }

    @Test
    void itIsToldWhatToDoInAFileInWordsAndInTheEnvironment() throws IOException {
        run(
                """
                echo "$1|$2|$3|$4|$JOB_ACTION|$JOB_SEED|$JOB_DATA|$JOB_OPTIONS_BATCH_SIZE|$JOB_OPTIONS_LR_2|$JOB_CONTRACT|$CUDA_VISIBLE_DEVICES|"
                cat "$3" >"$(dirname "$3")/seen"
                read -r nothing || echo no input
                """,
                20,
                1,
                StopSignal.NEVER);
        Job job = job();
        assertThat(job.log())
                .content()
                .contains("own word|train|%s||train|7|a b|64|0.5|1||".formatted(job.requestFile()))
                .contains("no input");
        ObjectNode seen = (ObjectNode)
                JsonMapper.shared().readTree(Files.readString(job.folder().resolve("seen")));
        assertThat(seen.path("options").path("batchSize").asInt()).isEqualTo(64);
        assertThat(seen.path("contract").asInt()).isEqualTo(Job.CONTRACT);
    }

    @Test
    void linesOfJsonTellHowFarItIs() throws IOException {
        run(
                """
                echo '{"step": 1, "steps": 3, "loss": 0.5, "note": "x"}'
                echo 'Epoch 1: {"step": 9}'
                printf 'bar\\r{"step": 3, "steps": 3, "loss": 0.25, "learningRate": 1e-3}\\r'
                echo '{"step": 2, "best": Infinity}' >&2
                echo '{"no": "step"}'; echo '{"step": "two"}'; echo '{broken'
                """,
                20,
                1,
                StopSignal.NEVER);
        assertThat(told.stream().map(ToldStep::step)).containsExactly(1L, 3L, 2L);
        assertThat(told.get(1).figures()).containsEntry("loss", 0.25).containsEntry("learningRate", 1e-3);
        assertThat(ToldSteps.in(job().log())).containsOnlyKeys(1L, 2L, 3L);
    }

    @Test
    void whatEndsBadlyIsToldWithTheEndOfWhatItSaid() {
        AutophageException e =
                failing("echo one; echo two; echo three; echo ValueError: no >&2; exit 3", 20, 1, StopSignal.NEVER);
        assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(e)
                .hasMessageContaining("model.program")
                .hasMessageContaining("ended with exit code 3")
                .hasMessageContaining("it said: two | three | ValueError: no")
                .hasMessageContaining("output.log");
        assertThat(failing("exit 1", 20, 1, StopSignal.NEVER)).hasMessageContaining("it said nothing");
        assertThat(failing("kill -9 $$", 20, 1, StopSignal.NEVER))
                .hasMessageContaining("was killed by signal 9, as the system does when memory runs out");
        assertThat(failing("kill -11 $$", 20, 1, StopSignal.NEVER)).hasMessageContaining("was killed by signal 11");
    }

    @Test
    void aLineWithoutAnEndFillsNoMemory() throws IOException {
        run("head -c 30000000 /dev/zero | tr '\\\\0' x", 60, 1, StopSignal.NEVER);
        assertThat(Files.size(job().log())).isLessThan(20_000);
    }

    @Test
    void whatIsNoTextIsLogged() throws IOException {
        run("printf '%09999d\\360\\237\\230\\200\\377 more\\n' 0; echo last", 20, 1, StopSignal.NEVER);
        assertThat(Files.readString(job().log())).contains("last");
    }

    @Test
    void whatHangsIsEndedWhenItsTimeIsOver() {
        long begin = System.nanoTime();
        AutophageException e = failing("echo begun; sleep 600", 1, 5, StopSignal.NEVER);
        assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(e).hasMessageContaining("was not done after 1 seconds");
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @ParameterizedTest
    @CsvSource({"loss, NaN", "loss, Infinity", "loss, -Infinity", "score, NaN"})
    void aLossThatIsNoNumberEndsIt(String figure, String value) {
        AutophageException e = failing(
                "echo '{\"step\": 5, \"%s\": %s}'; sleep 600".formatted(figure, value), 60, 5, StopSignal.NEVER);
        assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED);
        assertThat(e).hasMessageContaining("its %s is %s at step 5".formatted(figure, value));
    }

    /** Stops once the program has begun. */
    private StopSignal onceBegun() {
        Path begun = folder.resolve("begun");
        return () -> Files.exists(begun);
    }

    @Test
    void whenItIsStoppedItMayKeepWhatItNeeds() {
        AutophageException e = failing(
                """
                trap 'echo kept >%1$s/kept; exit 0' TERM
                touch %1$s/begun
                while :; do sleep 0.05; done
                """
                        .formatted(folder),
                60,
                10,
                onceBegun());
        assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(folder.resolve("kept")).hasContent("kept");
    }

    @Test
    void whatDoesNotListenIsKilledWithAllThatItStarted() throws IOException, InterruptedException {
        AutophageException e = failing(
                """
                trap '' TERM
                sleep 600 &
                echo $! >%1$s/child
                echo $$ >%1$s/own
                touch %1$s/begun
                while :; do sleep 0.05; done
                """
                        .formatted(folder),
                60,
                1,
                onceBegun());
        assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        for (String name : List.of("child", "own")) {
            long process = Long.parseLong(Files.readString(folder.resolve(name)).strip());
            for (int i = 0; i < 100 && isAlive(process); i++) {
                Thread.sleep(20);
            }
            assertThat(isAlive(process)).as(name).isFalse();
        }
    }

    private static boolean isAlive(long process) throws IOException {
        Path status =
                Path.of("/proc", String.valueOf(process), "status"); // ProcessHandle counts those that have only ended
        return Files.exists(status) && !Files.readString(status).contains("State:\tZ");
    }

    @Test
    void whatItLeavesBehindEndsWithIt() throws IOException, InterruptedException {
        run("sleep 600 & echo $! >%s/child".formatted(folder), 20, 1, StopSignal.NEVER);
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        for (int i = 0; i < 100 && isAlive(child); i++) {
            Thread.sleep(20);
        }
        assertThat(isAlive(child)).isFalse();
    }

    @Test
    void aCardIsTheOnlyOneThatItSees() {
        assertThat(ProgramDevice.of("cpu")).isEqualTo(ProgramDevice.CPU);
        assertThat(ProgramDevice.of("gpu:1").name()).isEqualTo("cuda");
        assertThat(ProgramDevice.of("gpu:1").environment()).containsEntry("CUDA_VISIBLE_DEVICES", "1");
    }
}
