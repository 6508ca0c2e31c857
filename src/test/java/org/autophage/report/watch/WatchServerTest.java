package org.autophage.report.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.OddFiles;
import org.autophage.report.records.RunFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class WatchServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path runs;
    private RunFixture first;
    private WatchServer server;

    @BeforeEach
    void start() throws IOException {
        runs = folder.resolve("runs");
        first = new RunFixture(runs.resolve("first,sampling.bias=0.5"))
                .spec(1, 5)
                .provenance()
                .records(0, 3)
                .generationFiles(0, 3);
        RunFixture.write(first.folder().resolve("report.html"), "<!doctype html><title>report</title>");
        new RunFixture(runs.resolve("sweep/cell=1")).spec(1, 2).records(0, 2);
        RunFixture.write(runs.resolve("sweep/sweep.yaml"), "name: sweep\n");
        RunFixture.write(folder.resolve("secret.txt"), "secret");
        server = WatchServer.start(runs, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.address() + path.substring(1)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The answer to bytes as they are, which no client has made nicer. */
    private String raw(String method, String path, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String ownHost() {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** The list, as soon as the first sweep is through. */
    private JsonNode list() throws IOException, InterruptedException {
        while (true) {
            JsonNode runsNow =
                    new JsonMapper().readTree(get("/api/runs").body()).path("runs");
            if (runsNow.size() >= 2) {
                return runsNow;
            }
            Thread.sleep(20);
        }
    }

    @Test
    void runsAndCellsAreListed() throws Exception {
        JsonNode list = list();
        assertThat(list.size()).isEqualTo(2);
        JsonNode run = list.get(0);
        assertThat(run.path("id").asString()).isEqualTo("first,sampling.bias=0.5");
        assertThat(run.path("state").asString()).isEqualTo("INTERRUPTED");
        assertThat(run.path("loop").asString()).isEqualTo("fully-synthetic");
        assertThat(run.path("generations").asInt()).isEqualTo(5);
        assertThat(run.path("seeds").get(0).path("generation").asInt()).isEqualTo(3);
        assertThat(run.path("seeds").get(0).path("newestGrid").asInt()).isEqualTo(3);
        assertThat(run.path("report").asBoolean()).isTrue();
        assertThat(list.get(1).path("id").asString()).isEqualTo("sweep/cell=1");
        assertThat(list.get(1).path("state").asString()).isEqualTo("FINISHED");
    }

    @Test
    void filesOfRunsAreServedWithTheirTypes() throws Exception {
        list();
        String run = "/files/first,sampling.bias=0.5/";
        HttpResponse<String> report = get(run + "report.html");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
        HttpResponse<String> grid = get(run + "seed-0/generation-003/grid.png");
        assertThat(grid.statusCode()).isEqualTo(200);
        assertThat(grid.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(get("/files/sweep/cell%3D1/seed-0/generations.jsonl").body().lines())
                .hasSize(2);
        HttpResponse<String> page = get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("style=");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/../secret.txt",
                "/files/%2e%2e/secret.txt",
                "/files/first,sampling.bias=0.5/../../secret.txt",
                "/files/first,sampling.bias=0.5/%2e%2e/%2e%2e/secret.txt",
                "/files/first,sampling.bias=0.5/%2e%2e%2f%2e%2e%2fsecret.txt",
                "/files/first,sampling.bias=0.5/%252e%252e/secret.txt",
                "/files/first,sampling.bias=0.5/seed-0/../../first,sampling.bias=0.5/report.html",
                "/files//etc/passwd",
                "/files/%2fetc%2fpasswd",
                "/files/first,sampling.bias=0.5/experiment.yaml",
                "/files/first,sampling.bias=0.5/seed-0/generation-003/training.csv",
                "/files/first,sampling.bias=0.5/seed-0/generation-009/grid.png",
                "/files/first,sampling.bias=0.5/report.html%00.png",
                "/files/first,sampling.bias=0.5//",
                "/files/first,sampling.bias=0.5/seed-00/generations.jsonl",
                "/files/first,sampling.bias=0.5/seed-0/generation-0003/grid.png",
                "/files/sweep/report.html",
                "/files/",
                "/api/records/first,sampling.bias=0.5/seed-9",
                "/api/records/../seed-0",
                "/api/records/first,sampling.bias=0.5",
                "/watch/watch.html",
                "/nothing"
            })
    void everythingElseIsNotThere(String path) throws Exception {
        list();
        assertThat(raw("GET", path, ownHost())).startsWith("HTTP/1.1 404").doesNotContain("secret");
    }

    @Test
    void linksThatLeadElsewhereAreNotFollowed() throws Exception {
        Path outside = new RunFixture(folder.resolve("elsewhere")).spec(1, 2).folder();
        Files.createSymbolicLink(runs.resolve("linked"), outside);
        Path grid = Files.createDirectories(first.folder().resolve("seed-0/generation-004"))
                .resolve("grid.png");
        Files.createSymbolicLink(grid, folder.resolve("secret.txt"));
        Files.createSymbolicLink(runs.resolve("sweep/cell=1/report.html"), folder.resolve("secret.txt"));
        Path records =
                new RunFixture(folder.resolve("other")).records(7, 2).folder().resolve("seed-7");
        Files.createSymbolicLink(first.folder().resolve("seed-7"), records);
        Files.createDirectory(first.folder().resolve("seed-8"));
        Files.createSymbolicLink(first.folder().resolve("seed-8/generations.jsonl"), folder.resolve("secret.txt"));
        list();
        assertThat(get("/api/records/first,sampling.bias=0.5/seed-7").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/records/first,sampling.bias=0.5/seed-8").statusCode())
                .isEqualTo(404);
        assertThat(get("/files/first,sampling.bias=0.5/seed-7/generations.jsonl")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/files/first,sampling.bias=0.5/seed-0/generation-004/grid.png")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/files/sweep/cell%3D1/report.html").statusCode()).isEqualTo(404);
        server.close();
        server = WatchServer.start(runs, 0); // whose first sweep meets the links
        list();
        assertThat(get("/api/runs").body()).doesNotContain("linked");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFileIsAnsweredAtOnce(OddFiles odd) throws Exception {
        odd.putInPlaceOf(first.folder().resolve("seed-0/generations.jsonl"));
        list();
        HttpResponse<String> records = get("/api/records/first,sampling.bias=0.5/seed-0");
        assertThat(records.statusCode()).isEqualTo(500);
        assertThat(records.body())
                .startsWith("the records cannot be read: cannot read ")
                .contains(odd.reason);
        if (odd != OddFiles.TWO_GIGABYTES) { // which can be downloaded
            assertThat(get("/files/first,sampling.bias=0.5/seed-0/generations.jsonl")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void recordsTellWhatTheyWereMeasuredWith() throws Exception {
        list();
        JsonNode records = new JsonMapper()
                .readTree(get("/api/records/first,sampling.bias=0.5/seed-0").body());
        assertThat(records.path("features").toString())
                .isEqualTo("[\"lenet@3fa91c20\",\"lenet@3fa91c20\",\"lenet@3fa91c20\"]");
        assertThat(records.path("metrics")
                        .valueStream()
                        .map(metric -> metric.path("key").asString()
                                + " "
                                + metric.path("measuredBy").asString()))
                .contains("frechetDistance features", "labelAccuracy classifier", "trainSeconds ");
        assertThat(records.path("begun").asString())
                .isEqualTo(list().get(0).path("seeds").get(0).path("begun").asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void nothingCanBeChanged(String method) throws IOException {
        assertThat(raw(method, "/api/runs", ownHost()))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
    }

    @Test
    void headHasTheHeadersAndNoBody() throws IOException {
        String answer = raw("HEAD", "/", ownHost());
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: ")
                .endsWith("\r\n\r\n");
    }

    /** A page from elsewhere whose name was made to point at 127.0.0.1 (DNS rebinding) sends its own name. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example"})
    void otherHostsNamesAreRefused(String host) throws IOException {
        assertThat(raw("GET", "/api/runs", host)).startsWith("HTTP/1.1 403").doesNotContain("first");
    }

    @Test
    void itsOwnNameIsTaken() throws IOException {
        assertThat(raw("GET", "/", "localhost:" + server.address().getPort())).startsWith("HTTP/1.1 200");
    }

    @Test
    void recordsComeAsColumns() throws Exception {
        list();
        JsonNode records = new JsonMapper()
                .readTree(get("/api/records/first,sampling.bias=0.5/seed-0?after=1")
                        .body());
        assertThat(records.path("generations").toString()).isEqualTo("[2,3]");
        assertThat(records.path("values").path("recall").size()).isEqualTo(2);
        assertThat(records.path("metrics").get(0).path("label").asString()).isEqualTo("Fréchet distance");
    }

    @Test
    void aRecordThatIsAppendedArrivesAsAnEvent() throws Exception {
        list();
        HttpResponse<InputStream> stream = HTTP.send(
                HttpRequest.newBuilder(URI.create(server.address() + "api/events"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(next(lines, "everything")).contains("first,sampling.bias=0.5", "sweep/cell=1");
            first.records(0, 4);
            long appended = System.nanoTime();
            String event = next(lines, "runs");
            assertThat(Duration.ofNanos(System.nanoTime() - appended)).isLessThan(Duration.ofSeconds(5));
            assertThat(event).contains("\"generation\":4").doesNotContain("sweep/cell=1"); // only what changed
        }
    }

    /** The data of the next event of a name. */
    private static String next(BufferedReader lines, String name) throws IOException {
        String line = lines.readLine();
        while (!line.equals("event: " + name)) {
            line = lines.readLine();
        }
        return lines.readLine();
    }

    @Test
    void aRunThatCannotBeReadIsSaidAndHidesNoOther() throws Exception {
        RunFixture.write(runs.resolve("broken/experiment.yaml"), "name: [");
        RunFixture.write(runs.resolve("broken/seed-0/generations.jsonl"), "no record\n");
        try (WatchServer another = WatchServer.start(runs, 0)) {
            String body = "";
            while (!body.contains("sweep/cell=1")) {
                body = HTTP.send(
                                HttpRequest.newBuilder(URI.create(another.address() + "api/runs"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
            }
            assertThat(body).contains("UNREADABLE", "first,sampling.bias=0.5");
        }
    }

    @Test
    void whatCannotBeServedIsSaid() {
        assertThatThrownBy(() -> WatchServer.start(folder.resolve("nowhere"), 0))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageEndingWith("nowhere is no folder: name the folder that run folders lie in");
        int taken = server.address().getPort();
        assertThatThrownBy(() -> WatchServer.start(runs, taken))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageContaining("port " + taken)
                .hasMessageContaining("--port");
    }
}
