package org.autophage.report.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.report.page.Page;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves a page that shows the runs of a folder live, on 127.0.0.1 only. One thread looks at the folder for all pages;
 * each page holds one stream of events and fetches only the records that it plots.
 *
 * <pre>
 * /                                   the page
 * /api/runs                           summaries of all runs, as the last sweep found them
 * /api/events                         the same as server-sent events: everything at first, then what changes
 * /api/records/RUN/seed-N?after=T     records of a seed after generation T, as columns
 * /files/RUN/…                        report.html, seed-N/generations.jsonl, seed-N/generation-NNN/grid.png or page.txt
 * </pre>
 */
public final class WatchServer implements AutoCloseable {
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    /** From one look at the folder to the next. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_TYPE = "application/json; charset=utf-8";

    /** A file of the jar, and what it is sent as. */
    private record Asset(Class<?> beside, String file, String type) {}

    /** What belongs to the page itself, by its path. */
    private static final Map<String, Asset> ASSETS = Map.of(
            "/", new Asset(WatchServer.class, "watch.html", "text/html; charset=utf-8"),
            "/icon.svg", new Asset(WatchServer.class, "icon.svg", "image/svg+xml"),
            "/watch.css", new Asset(WatchServer.class, "watch.css", "text/css; charset=utf-8"),
            "/page.css", new Asset(Page.class, "page.css", "text/css; charset=utf-8"),
            "/uplot.css", new Asset(Page.class, "uplot/uPlot.min.css", "text/css; charset=utf-8"),
            "/uplot.js", new Asset(Page.class, "uplot/uPlot.iife.min.js", "text/javascript; charset=utf-8"),
            "/plots.js", new Asset(Page.class, "plots.js", "text/javascript; charset=utf-8"),
            "/watch.js", new Asset(WatchServer.class, "watch.js", "text/javascript; charset=utf-8"));

    private final RunCatalog catalog;
    private final RunFiles files;
    private final ChangeFeed feed = new ChangeFeed();
    private final MachineLine machine = new MachineLine();
    private final HttpServer server;
    private final RequestRules rules;
    private final ExecutorService handlers = Executors.newCachedThreadPool(daemons("watch-request"));
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(daemons("watch-sweep"));
    private final String folder;
    private volatile String machineLine = "";

    private WatchServer(Path folder, HttpServer server) {
        this.folder = folder.toString();
        this.catalog = new RunCatalog(folder);
        this.files = new RunFiles(catalog);
        this.server = server;
        this.rules = new RequestRules(server.getAddress().getPort());
    }

    /**
     * Starts serving.
     *
     * @param folder of runs, or of one run or sweep
     * @param port 0 for any free one
     * @throws AutophageException with USAGE if there is no such folder, with FAILED if the port is taken
     */
    public static WatchServer start(Path folder, int port) {
        if (!Files.isDirectory(folder)) {
            throw AutophageException.usage(folder + " is no folder: name the folder that run folders lie in");
        }
        WatchServer watch = new WatchServer(folder, bind(port));
        watch.server.createContext("/", watch::handle);
        watch.server.setExecutor(watch.handlers);
        watch.server.start();
        watch.watcher.scheduleWithFixedDelay(watch::sweep, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private static HttpServer bind(int port) {
        // Java's server sends an answer's head and its body apart; without this the body waits 40 ms for the head's
        // acknowledgement. Read once, when the first server is made.
        System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return HttpServer.create(new InetSocketAddress(loopback, port), 0);
        } catch (BindException e) {
            throw new AutophageException(
                    ExitCode.FAILED,
                    "port " + port + " of 127.0.0.1 cannot be had (" + e.getMessage()
                            + "): give another one with --port, or 0 for any",
                    e);
        } catch (IOException e) {
            throw new AutophageException(ExitCode.FAILED, "no server can be started: " + e.getMessage(), e);
        }
    }

    /** Where the page is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void sweep() {
        try {
            catalog.sweep(changes -> feed.publish("runs", json(changes)));
            String now = machine.now();
            if (!now.equals(machineLine)) {
                machineLine = now;
                feed.publish("machine", json(now));
            }
        } catch (RuntimeException e) {
            // A sweep that fails must not be the last one; pages see that it failed.
            feed.publish("trouble", json(String.valueOf(e.getMessage())));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            OptionalInt refusal = rules.refusal(exchange);
            String path = exchange.getRequestURI().getPath();
            if (refusal.isPresent()) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                sendText(exchange, refusal.getAsInt(), refusal.getAsInt() == 405 ? "read only" : "not this host");
            } else if (path.equals("/api/events")) {
                stream(exchange);
            } else if (path.equals("/api/runs")) {
                send(exchange, JSON_TYPE, RequestRules.PAGE_POLICY, bytes(json(everything())));
            } else if (path.startsWith("/api/records/")) {
                sendRecords(exchange, path.substring("/api/records/".length()));
            } else if (path.startsWith("/files/")) {
                sendFile(exchange, files.find(path.substring("/files/".length())));
            } else {
                sendAsset(exchange, path);
            }
        }
    }

    private Map<String, Object> everything() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("folder", folder);
        all.put("machine", machineLine);
        all.put("runs", catalog.summaries());
        return all;
    }

    private void stream(HttpExchange exchange) throws IOException {
        RequestRules.addHeaders(exchange.getResponseHeaders(), "text/event-stream", RequestRules.PAGE_POLICY);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        ChangeFeed.Client client;
        try {
            client = feed.join("everything", () -> json(everything()));
        } catch (ChangeFeed.TooManyClients e) {
            sendText(exchange, 503, "too many pages are open");
            return;
        }
        try {
            exchange.sendResponseHeaders(200, 0);
            feed.serve(client, exchange.getResponseBody());
        } finally {
            feed.leave(client);
        }
    }

    private void sendRecords(HttpExchange exchange, String place) throws IOException {
        int slash = place.lastIndexOf('/');
        OptionalLong seed = RunFolder.seedOf(place.substring(slash + 1));
        Optional<RunFolder> run =
                slash < 0 || seed.isEmpty() ? Optional.empty() : catalog.run(place.substring(0, slash));
        try {
            String query = exchange.getRequestURI().getQuery();
            int after = query == null ? 0 : Integer.parseInt(query.replaceFirst("^after=", ""));
            if (run.isEmpty()
                    || !isInside(run.get().seed(seed.getAsLong()), run.get().seeds())) {
                sendText(exchange, 404, "no such seed");
            } else {
                send(
                        exchange,
                        JSON_TYPE,
                        RequestRules.PAGE_POLICY,
                        records(run.get().seed(seed.getAsLong()), after));
            }
        } catch (NumberFormatException e) {
            sendText(exchange, 404, "no such seed");
        } catch (IllegalArgumentException | JacksonException | AutophageException e) {
            sendText(exchange, 500, "the records cannot be read: " + e.getMessage());
        }
    }

    private boolean isInside(SeedFolder seed, List<SeedFolder> begun) {
        // A file that cannot be looked at is said to be so; one that lies elsewhere is none of this server's.
        return begun.contains(seed)
                && (!Files.exists(seed.generations()) || catalog.watched().holds(seed.generations()));
    }

    private byte[] records(SeedFolder seed, int after) {
        try {
            return bytes(json(Records.read(seed, catalog.watched(), after)));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(seed.generations(), e);
        }
    }

    private static void sendFile(HttpExchange exchange, Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            sendText(exchange, 404, "no such file");
            return;
        }
        String name = file.get().getFileName().toString();
        boolean report = name.endsWith(".html");
        String type = report
                ? "text/html; charset=utf-8"
                : name.endsWith(".png")
                        ? "image/png"
                        : name.endsWith(".txt") ? "text/plain; charset=utf-8" : "application/jsonl";
        String policy = report ? RequestRules.REPORT_POLICY : RequestRules.PAGE_POLICY;
        RequestRules.addHeaders(exchange.getResponseHeaders(), type, policy);
        send(exchange, 200, Files.size(file.get()), out -> Files.copy(file.get(), out));
    }

    private static void sendAsset(HttpExchange exchange, String path) throws IOException {
        Asset asset = ASSETS.get(path);
        if (asset == null) {
            sendText(exchange, 404, "no such page");
        } else {
            send(exchange, asset.type(), RequestRules.PAGE_POLICY, bytes(Page.resource(asset.beside(), asset.file())));
        }
    }

    private static void send(HttpExchange exchange, String type, String policy, byte[] body) throws IOException {
        RequestRules.addHeaders(exchange.getResponseHeaders(), type, policy);
        send(exchange, 200, body);
    }

    private static void sendText(HttpExchange exchange, int status, String text) throws IOException {
        RequestRules.addHeaders(exchange.getResponseHeaders(), "text/plain; charset=utf-8", RequestRules.PAGE_POLICY);
        send(exchange, status, bytes(text + "\n"));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        send(exchange, status, body.length, out -> out.write(body));
    }

    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void send(HttpExchange exchange, int status, long length, Body body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        try (OutputStream out = exchange.getResponseBody()) {
            body.writeTo(out);
        }
    }

    private static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Ends all connections and stops serving. */
    @Override
    public void close() {
        watcher.shutdownNow();
        feed.close();
        server.stop(0);
        handlers.shutdownNow();
    }
}
