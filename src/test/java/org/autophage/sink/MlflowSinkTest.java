package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.autophage.base.ExitCode;
import org.autophage.base.OddFiles;
import org.autophage.base.Progress;
import org.autophage.base.Telling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowSinkTest {
    private static final MlflowSink.Patience SHORT =
            new MlflowSink.Patience(Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofSeconds(5));

    @TempDir
    private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private SeedFixture fixture;
    private MlflowServer server;

    @BeforeEach
    void start() throws IOException {
        fixture = new SeedFixture(folder.resolve("tiny,sampling.bias=0.5"));
        server = new MlflowServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private MlflowSink sink(String address, MlflowSink.Patience patience) {
        Progress progress = Telling.to(said);
        MlflowClient client = new MlflowClient(address, patience.call(), Map.of("MLFLOW_TRACKING_TOKEN", "token"));
        MlflowSink sink = new MlflowSink(address, new MlflowLog(address, client, fixture.run), progress, patience);
        sink.start();
        return sink;
    }

    @Test
    void aRunIsMadeLoggedAndEnded() {
        MlflowSink sink = sink(server.address(), SHORT);
        sink.catchUp(fixture.grow().seed);
        sink.catchUp(fixture.grow().seed);
        sink.end(ExitCode.DONE);
        assertThat(said).isEmpty();
        assertThat(server.paths())
                .startsWith("experiments/create", "runs/create", "runs/log-batch")
                .endsWith("runs/update");
        assertThat(server.calls)
                .allSatisfy(call -> assertThat(call.authorization()).isEqualTo("Bearer token"));
        assertThat(server.calls.get(0).body().path("name").asString()).isEqualTo("tiny");
        assertThat(server.calls.get(1).body().path("run_name").asString()).isEqualTo("tiny,sampling.bias=0.5/seed-7");
        assertThat(server.calls.get(2).body().path("params").toString())
                .contains("{\"key\":\"loop.generations\",\"value\":\"5\"}", "{\"key\":\"seed\",\"value\":\"7\"}");
        assertThat(server.metrics())
                .doesNotHaveDuplicates()
                .contains("metrics/recall 1 1.0", "metrics/recall 2 0.5", "training/loss 80 2.04");
        assertThat(server.calls
                        .get(server.calls.size() - 1)
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("FINISHED");
    }

    @Test
    void aResumedRunGoesOnWithTheSameOne() {
        MlflowSink first = sink(server.address(), SHORT);
        first.catchUp(fixture.grow().seed);
        first.end(ExitCode.INTERRUPTED);
        assertThat(server.calls
                        .get(server.calls.size() - 1)
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("KILLED");
        MlflowSink second = sink(server.address(), SHORT);
        second.catchUp(fixture.grow().seed);
        second.end(ExitCode.DONE);
        assertThat(server.paths()).containsOnlyOnce("runs/create");
        assertThat(server.metrics()).doesNotHaveDuplicates().contains("metrics/recall 1 1.0", "metrics/recall 2 0.5");
    }

    @Test
    void anExperimentThatIsThereIsTaken() {
        server.knowsExperiment = true;
        MlflowSink sink = sink(server.address(), SHORT);
        sink.catchUp(fixture.grow().seed);
        sink.end(ExitCode.DONE);
        assertThat(server.paths()).startsWith("experiments/create", "experiments/get-by-name", "runs/create");
        assertThat(server.calls.get(2).body().path("experiment_id").asString()).isEqualTo("11");
    }

    @Test
    void aDeadServerIsSaidOnceAndWhatItLacksIsCounted() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String dead = "http://127.0.0.1:" + port;
        MlflowSink sink = sink(dead, SHORT);
        for (int t = 0; t < 3; t++) {
            sink.catchUp(fixture.grow().seed);
        }
        sink.end(ExitCode.DONE);
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).startsWith("MLflow at " + dead + " does not take records, the run goes on without: ");
        assertThat(said.get(1))
                .isEqualTo(
                        "3 generations were not logged at " + dead + "; `autophage resume` logs them when it answers");

        // later, at a server that answers
        MlflowSink later = sink(server.address(), SHORT);
        later.catchUp(fixture.seed);
        later.end(ExitCode.DONE);
        assertThat(server.metrics()).contains("metrics/recall 1 1.0", "metrics/recall 3 " + SeedFixture.recall(3));
    }

    @Test
    void aServerThatRecoversGetsEverything() throws InterruptedException {
        server.status = 500;
        MlflowSink sink = sink(server.address(), SHORT);
        sink.catchUp(fixture.grow().seed);
        while (said.isEmpty()) {
            Thread.sleep(20);
        }
        assertThat(said)
                .containsExactly("MLflow at " + server.address()
                        + " does not take records, the run goes on without: HTTP 500 from experiments/create: broken");
        server.status = 200;
        sink.catchUp(fixture.grow().seed);
        sink.end(ExitCode.DONE);
        assertThat(said).hasSize(1);
        assertThat(server.metrics()).contains("metrics/recall 1 1.0", "metrics/recall 2 0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "experiments/create | <html>Sign in</html>",
                "experiments/create | nothing",
                "experiments/create | {}",
                "experiments/create | []",
                "experiments/create | null",
                "experiments/create | {\"error_code\":\"INTERNAL_ERROR\"}",
                "runs/create | {\"run\":{\"info\":{}}}",
                "runs/create | {\"run\":{\"info\":{\"run_id\":\"\"}}}",
                "runs/create | {\"run\":\"abc\"}",
                "runs/log-batch | <html>Sign in</html>",
                "runs/log-batch | nothing",
                "runs/log-batch | \"ok\"",
            })
    void nonsenseIsNoSuccess(String call, String answer) {
        server.nonsense = answer;
        server.nonsenseFrom = call;
        MlflowSink sink = sink(server.address(), SHORT);
        sink.catchUp(fixture.grow().seed);
        sink.catchUp(fixture.grow().seed);
        sink.end(ExitCode.DONE);
        assertThat(said).hasSize(2);
        assertThat(said.get(0))
                .startsWith("MLflow at " + server.address()
                        + " does not take records, the run goes on without: HTTP 200 from " + call
                        + ", but not the answer of an MLflow server: " + answer);
        assertThat(said.get(1)).startsWith("2 generations were not logged");

        server.nonsense = "";
        MlflowSink resumed = sink(server.address(), SHORT);
        resumed.catchUp(fixture.seed);
        resumed.end(ExitCode.DONE);
        assertThat(said).hasSize(2);
        assertThat(server.metrics()).contains("metrics/recall 1 1.0", "metrics/recall 2 0.5");
    }

    /** A server that answers {} to everything, say: a run that is taken up again has to be the one that was asked for. */
    @Test
    void aResumedRunWantsAnAnswerOfItsOwn() {
        MlflowSink first = sink(server.address(), SHORT);
        first.catchUp(fixture.grow().seed);
        first.end(ExitCode.DONE);
        server.nonsense = "{}";
        MlflowSink second = sink(server.address(), SHORT);
        second.catchUp(fixture.grow().seed);
        second.end(ExitCode.DONE);
        assertThat(said)
                .hasSize(2)
                .first()
                .asString()
                .endsWith("from runs/update, but not the answer of an MLflow server: {}");
        server.nonsense = "";
        MlflowSink third = sink(server.address(), SHORT);
        third.catchUp(fixture.seed);
        third.end(ExitCode.DONE);
        assertThat(server.paths()).containsOnlyOnce("runs/create");
        assertThat(server.metrics()).contains("metrics/recall 2 0.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[]", "text", "{\"server\":\"http", "\"\"", "{}", "{\"server\":3,\"runId\":[]}", ""})
    void aNoteThatSaysNothingMakesANewRun(String note) throws IOException {
        MlflowSink first = sink(server.address(), SHORT);
        first.catchUp(fixture.grow().seed);
        first.end(ExitCode.DONE);
        Files.writeString(fixture.seed.path().resolve("mlflow.json"), note);
        MlflowSink second = sink(server.address(), SHORT);
        second.catchUp(fixture.grow().seed);
        second.end(ExitCode.DONE);
        assertThat(said).isEmpty();
        assertThat(server.paths()).filteredOn("runs/create"::equals).hasSize(2);
        assertThat(server.metrics()).filteredOn("metrics/recall 2 0.5"::equals).hasSize(1);
        assertThat(MlflowRun.read(fixture.seed, server.address()).orElseThrow().generation())
                .isEqualTo(2);
    }

    /** The same points again, of the same times, are the same points to the server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"generation\":null,\"steps\":40",
                "\"generation\":\"1\",\"steps\":40",
                "\"generation\":1.5,\"steps\":40",
                "\"generation\":-1,\"steps\":40",
                "\"generation\":1,\"steps\":-40",
                "\"generation\":1,\"steps\":[]",
                "\"generation\":1",
                "\"steps\":1e300"
            })
    void aNoteThatNamesTheRunKeepsIt(String rest) throws IOException {
        MlflowSink first = sink(server.address(), SHORT);
        first.catchUp(fixture.grow().seed);
        first.end(ExitCode.DONE);
        Files.writeString(
                fixture.seed.path().resolve("mlflow.json"),
                "{\"server\":\"" + server.address() + "\",\"runId\":\"abc\"," + rest + "}");
        server.calls.clear();
        MlflowSink second = sink(server.address(), SHORT);
        second.catchUp(fixture.grow().seed);
        second.end(ExitCode.DONE);
        assertThat(said).isEmpty();
        assertThat(server.paths()).doesNotContain("runs/create");
        assertThat(server.metrics())
                .doesNotHaveDuplicates()
                .contains("metrics/recall 1 1.0", "metrics/recall 2 0.5", "training/loss 80 2.04");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOLDER") // which nobody but a person deletes
    void aNoteThatIsNoFileIsWrittenAnew(OddFiles odd) throws IOException {
        fixture.grow();
        odd.putInPlaceOf(fixture.seed.path().resolve("mlflow.json"));
        MlflowSink sink = sink(server.address(), SHORT);
        sink.catchUp(fixture.seed);
        sink.end(ExitCode.DONE);
        assertThat(server.metrics()).contains("metrics/recall 1 1.0");
    }

    /** The run leaves notes and goes on; only at its end it waits, for a limited time. */
    @Test
    void aSlowServerHoldsUpNothing() {
        server.delayMillis = 60_000;
        MlflowSink sink = sink(
                server.address(),
                new MlflowSink.Patience(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(300)));
        long start = System.nanoTime();
        sink.catchUp(fixture.grow().seed);
        sink.catchUp(fixture.grow().seed);
        sink.end(ExitCode.DONE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(said).hasSize(1).first().asString().startsWith("2 generations were not logged");
    }
}
