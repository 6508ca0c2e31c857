package org.autophage.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of an MLflow server as logging needs: it remembers what it is told, and can be slow or broken. */
final class MlflowServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** A call: its path after /api/2.0/mlflow/, and its body. */
    record Call(String path, JsonNode body, String authorization) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    /** What calls that begin so are answered with 200; "nothing" for an empty answer. */
    volatile String nonsense = "";

    volatile String nonsenseFrom = "";
    volatile long delayMillis;
    volatile boolean knowsExperiment;
    private final HttpServer server;

    MlflowServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
            byte[] body = exchange.getRequestBody().readAllBytes();
            Thread.sleep(delayMillis);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            calls.add(new Call(
                    path,
                    body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body),
                    authorization == null ? "" : authorization));
            if (status != 200) {
                answer(exchange, status, "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"broken\"}");
            } else if (!nonsense.isEmpty() && path.startsWith(nonsenseFrom)) {
                answer(exchange, 200, nonsense.equals("nothing") ? "" : nonsense);
            } else if (path.equals("experiments/create") && knowsExperiment) {
                answer(exchange, 400, "{\"error_code\":\"RESOURCE_ALREADY_EXISTS\",\"message\":\"there\"}");
            } else {
                answer(
                        exchange,
                        200,
                        switch (path) {
                            case "experiments/create" -> "{\"experiment_id\":\"11\"}";
                            case "experiments/get-by-name" -> "{\"experiment\":{\"experiment_id\":\"11\"}}";
                            case "runs/create" -> "{\"run\":{\"info\":{\"run_id\":\"abc\"}}}";
                            case "runs/update" ->
                                "{\"run_info\":{\"run_id\":\""
                                        + calls.get(calls.size() - 1)
                                                .body()
                                                .path("run_id")
                                                .asString() + "\"}}";
                            default -> "{}";
                        });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int code, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Paths of all calls, in order. */
    List<String> paths() {
        return calls.stream().map(Call::path).toList();
    }

    /** All numbers that were logged: key, step, value. */
    List<String> metrics() {
        return calls.stream()
                .flatMap(
                        call -> StreamSupport.stream(call.body().path("metrics").spliterator(), false))
                .map(metric -> metric.path("key").asString() + " "
                        + metric.path("step").asLong() + " "
                        + metric.path("value").asDouble())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
