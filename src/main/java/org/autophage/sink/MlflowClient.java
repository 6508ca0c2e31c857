package org.autophage.sink;

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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of MLflow's REST interface, version 2.0, that logging needs. Every call ends within the time limit.
 * Credentials come from the environment variables that MLflow's own client reads.
 */
final class MlflowClient {
    /** What a call of log-batch may hold at most. */
    static final int MOST_METRICS = 1000;

    static final int MOST_PARAMETERS = 100;

    private static final int LONGEST_REASON = 200;
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
            return post("experiments/create", Map.of("name", name))
                    .path("experiment_id")
                    .asString();
        } catch (Refused e) {
            if (!e.code.equals("RESOURCE_ALREADY_EXISTS")) {
                throw e;
            }
            String query = "experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
            return send(
                            "experiments/get-by-name",
                            request("experiments/get-by-name?" + query).GET())
                    .path("experiment")
                    .path("experiment_id")
                    .asString();
        }
    }

    /** Makes a run and returns its id. */
    String createRun(String experiment, String name, long startTime, List<Text> tags) throws IOException {
        return post(
                        "runs/create",
                        Map.of("experiment_id", experiment, "run_name", name, "start_time", startTime, "tags", tags))
                .path("run")
                .path("info")
                .path("run_id")
                .asString();
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
        post("runs/update", Map.of("run_id", run, "status", "RUNNING"));
    }

    /** Says how a run ended: FINISHED, FAILED or KILLED. */
    void ended(String run, String status, long endTime) throws IOException {
        post("runs/update", Map.of("run_id", run, "status", status, "end_time", endTime));
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
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException e) {
            throw new IOException("no answer within " + limit.toMillis() / 1e3 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the process is ending", e);
        } catch (IOException e) {
            throw e.getMessage() == null ? new IOException("no connection", e) : e;
        }
        JsonNode answer = parsed(response.body());
        if (response.statusCode() != 200) {
            String reason = answer.path("message").asString("");
            throw new Refused(
                    call,
                    response.statusCode(),
                    answer.path("error_code").asString(""),
                    reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        }
        return answer;
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode(); // a proxy's page, say: the status tells enough
        }
    }
}
