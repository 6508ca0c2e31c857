package org.autophage.report.watch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Headless Chromium with one page, driven by its DevTools protocol over a web socket: a page with a stream of events never
 * falls silent, so that it cannot be waited for from outside.
 */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<String> answers;
    private int calls;

    private Browser(Process process, WebSocket socket, BlockingQueue<String> answers) {
        this.process = process;
        this.socket = socket;
        this.answers = answers;
    }

    /** The program, where there is one. */
    static Optional<Path> program() {
        String places = System.getenv().getOrDefault("PATH", "");
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(places.split(File.pathSeparator)).map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Opens an empty page.
     *
     * @param profile a new folder for what the browser keeps
     */
    static Browser open(Path program, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--window-size=1280,1600",
                        "--remote-debugging-port=0",
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(profile.resolveSibling("browser.log").toFile())
                .start();
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        HttpClient http = HttpClient.newHttpClient();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(debugger(http, profile)), new Listener(answers))
                .join();
        return new Browser(process, socket, answers);
    }

    /** The address of the page's web socket, as soon as the browser has one. */
    private static String debugger(HttpClient http, Path profile) throws IOException, InterruptedException {
        Path portFile = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(portFile) && !Files.readAllLines(portFile).isEmpty()) {
                URI list = URI.create(
                        "http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/list");
                String pages = http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
                for (JsonNode page : JSON.readTree(pages)) {
                    if (page.path("type").asString("").equals("page")) {
                        return page.path("webSocketDebuggerUrl").asString();
                    }
                }
            }
            Thread.sleep(100);
        }
        throw new IOException("the browser opened no page within " + PATIENCE);
    }

    /** Goes to a page in place of the one that is shown, and waits until it is there. */
    void show(URI address) throws InterruptedException {
        call("Page.navigate", Map.of("url", address.toString()));
        await("location.href.startsWith('" + address + "') && document.readyState == 'complete'");
    }

    /** Waits until an expression of the page's script is true. */
    void await(String condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!evaluate("Boolean(" + condition + ")").asBoolean(false)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(condition + " did not come true: "
                        + evaluate("document.body.innerText").asString(""));
            }
            Thread.sleep(100);
        }
    }

    /** The value of an expression. */
    JsonNode evaluate(String expression) throws InterruptedException {
        return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .path("result")
                .path("value");
    }

    /** A picture of the page, PNG. */
    byte[] screenshot() throws InterruptedException {
        JsonNode picture = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        return Base64.getDecoder().decode(picture.path("data").asString());
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
        int id = ++calls;
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        while (true) {
            String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("no answer to " + method);
            }
            JsonNode parsed = JSON.readTree(answer);
            if (parsed.path("id").asInt(0) == id) {
                return parsed.path("result");
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        // All of them have to be gone before their profile can be deleted.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each ->
                each.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join());
    }

    /** Puts whole messages together. */
    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> messages;
        private final StringBuilder parts = new StringBuilder();

        Listener(BlockingQueue<String> messages) {
            this.messages = messages;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                messages.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
