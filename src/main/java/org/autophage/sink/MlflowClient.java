package org.autophage.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The calls of MLflow's REST interface, version 2.0, that logging needs. Every call ends within the time limit.
 * Credentials come from the environment variables that MLflow's own client reads.
 */
final class MlflowClient {
    /** What a call of log-batch may hold at most. */
    static final int MOST_METRICS = 1000;

    static final int MOST_PARAMETERS = 100;

    private static final int LONGEST_REASON = 200;

    /** Of an answer that is none. */
    private static final int LONGEST_QUOTE = 60;

    /** Answers are short; what else a server sends is not kept. */
    private static final int LONGEST_ANSWER = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String server;
    private final Duration limit;
    private final Optional<String> authorization;
    private final HttpClient http;

    /** A number at a step; times in milliseconds since 1970. */
    record Metric(String key, double value, long timestamp, long step) {}

    /** A setting, or a tag. */
    record Text(String key, String value) {}

    /** What the server answered in place of what was asked for. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String code;

        Refused(String call, int status, String code, String reason) {
            super("HTTP " + status + " from " + call + (reason.isEmpty() ? "" : ": " + reason));
            this.status = status;
            this.code = code;
        }

        /** Whether the server does not know the run or experiment. */
        boolean isUnknown() {
            return status == 404 || code.equals("RESOURCE_DOES_NOT_EXIST");
        }
    }

    /**
     * @param server the address, without /api
     * @param limit time for a whole call
     * @param environment of the process
     */
    MlflowClient(String server, Duration limit, Map<String, String> environment) {
        this.server = server.replaceFirst("/+$", "");
        this.limit = limit;
        this.authorization = authorization(environment);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
    }

    private static Optional<String> authorization(Map<String, String> environment) {
        String user = environment.get("MLFLOW_TRACKING_USERNAME");
        if (user != null) {
            String both = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return Optional.ofNullable(environment.get("MLFLOW_TRACKING_TOKEN")).map(token -> "Bearer " + token);
    }

    /** The id of the experiment of a name, which is made if there is none. */
    String experiment(String name) throws IOException {
        try {
            return text(post("experiments/create", Map.of("name", name)), "experiments/create", "/experiment_id");
        } catch (Refused e) {
            if (!e.code.equals("RESOURCE_ALREADY_EXISTS")) {
                throw e;
            }
            String query = "experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
            JsonNode answer = send(
                    "experiments/get-by-name",
                    request("experiments/get-by-name?" + query).GET());
            return text(answer, "experiments/get-by-name", "/experiment/experiment_id");
        }
    }

    /** Makes a run and returns its id. */
    String createRun(String experiment, String name, long startTime, List<Text> tags) throws IOException {
        JsonNode answer = post(
                "runs/create",
                Map.of("experiment_id", experiment, "run_name", name, "start_time", startTime, "tags", tags));
        return text(answer, "runs/create", "/run/info/run_id");
    }

    /** Logs numbers and settings, in as many calls as it takes. */
    void log(String run, List<Metric> metrics, List<Text> parameters) throws IOException {
        for (int from = 0; from < parameters.size(); from += MOST_PARAMETERS) {
            List<Text> some = parameters.subList(from, Math.min(parameters.size(), from + MOST_PARAMETERS));
            post("runs/log-batch", Map.of("run_id", run, "params", some));
        }
        for (int from = 0; from < metrics.size(); from += MOST_METRICS) {
            List<Metric> some = metrics.subList(from, Math.min(metrics.size(), from + MOST_METRICS));
            post("runs/log-batch", Map.of("run_id", run, "metrics", some));
        }
    }

    /** Says that a run goes on: RUNNING. */
    void runs(String run) throws IOException {
        update(run, Map.of("run_id", run, "status", "RUNNING"));
    }

    /** Says how a run ended: FINISHED, FAILED or KILLED. */
    void ended(String run, String status, long endTime) throws IOException {
        update(run, Map.of("run_id", run, "status", status, "end_time", endTime));
    }

    private void update(String run, Map<String, ?> body) throws IOException {
        String updated = text(post("runs/update", body), "runs/update", "/run_info/run_id");
        if (!updated.equals(run)) {
            throw new IOException("HTTP 200 from runs/update, but of the run " + updated + " in place of " + run);
        }
    }

    /** What an answer has to say; a proxy, a portal or another server says something else. */
    private static String text(JsonNode answer, String call, String place) throws IOException {
        String text = answer.at(place).asString("");
        if (text.isBlank()) {
            throw noAnswer(call, answer.toString());
        }
        return text;
    }

    private static IOException noAnswer(String call, String body) {
        String found = body.isBlank() ? "nothing" : body.strip();
        return new IOException("HTTP 200 from %s, but not the answer of an MLflow server: %s"
                .formatted(call, found.length() > LONGEST_QUOTE ? found.substring(0, LONGEST_QUOTE) + "…" : found));
    }

    private JsonNode post(String call, Map<String, ?> body) throws IOException {
        return send(
                call,
                request(call)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + call))
                .timeout(limit);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private JsonNode send(String call, HttpRequest.Builder request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status = status(request.build(), body);
        JsonNode answer = parsed(body.toString(StandardCharsets.UTF_8));
        if (status != 200) {
            String reason = answer.path("message").asString("");
            throw new Refused(
                    call,
                    status,
                    answer.path("error_code").asString(""),
                    reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        }
        if (!answer.isObject() || answer.has("error_code")) {
            throw noAnswer(call, body.toString(StandardCharsets.UTF_8));
        }
        return answer;
    }

    /** The whole call, the body of the answer included, within the limit of time. */
    private int status(HttpRequest request, ByteArrayOutputStream body) throws IOException {
        CompletableFuture<HttpResponse<Void>> call = http.sendAsync(
                request,
                HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(
                        bytes -> body.write(bytes, 0, Math.min(bytes.length, LONGEST_ANSWER - body.size())))));
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw noAnswerInTime(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the process is ending", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof HttpTimeoutException) {
                throw noAnswerInTime(e);
            }
            String reason = cause == null ? null : cause.getMessage();
            throw new IOException(reason == null ? "no connection" : reason, e);
        } finally {
            call.cancel(true);
        }
    }

    private IOException noAnswerInTime(Exception cause) {
        return new IOException("no answer within " + limit.toMillis() / 1e3 + " s", cause);
    }

    /** Missing where it is no JSON: a proxy's page, say. */
    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
