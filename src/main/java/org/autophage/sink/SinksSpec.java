package org.autophage.sink;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.autophage.base.Checks;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * Where records go besides the run folder. No part of an experiment's identity: a run may go on with other sinks, which
 * then get what it has recorded so far too.
 */
public record SinksSpec(
        @JsonPropertyDescription("Whether to write TensorBoard event files into seed-N/tensorboard/")
                @Opener.Of(TensorBoardSink.Opening.class)
                boolean tensorboard,
        @JsonPropertyDescription(
                        "Address of an MLflow tracking server, such as http://127.0.0.1:5000, without name or password; left out, none")
                @Nullable
                @Opener.Of(MlflowSink.Opening.class)
                String mlflow,
        @JsonPropertyDescription(
                        "Folder that a Prometheus node exporter collects .prom files of: each seed's newest record goes there; left out, none")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                @Opener.Of(PrometheusSink.Opening.class)
                String prometheus,
        @JsonPropertyDescription("Whether to write all records of a seed as a table, seed-N/records.csv")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                @Opener.Of(CsvSink.Opening.class)
                boolean csv) {
    /** Stores that MLflow's own client writes to: files, databases, folders by their path. */
    private static final Pattern STORE = Pattern.compile(
            "(file|sqlite|postgresql|postgres|mysql|mssql)(\\+\\w+)?:|[./~\\\\]|[a-z]:[/\\\\]",
            Pattern.CASE_INSENSITIVE);

    private static final String MLFLOW = "sinks.mlflow";
    private static final int LAST_PORT = 65_535;

    /** Records go to the run folder only. */
    public static final SinksSpec DEFAULTS = of(Map.of());

    public SinksSpec {
        if (mlflow != null) {
            checkAddress(mlflow);
        }
        if (prometheus != null) {
            Checks.notBlank("sinks.prometheus", prometheus, "a folder");
        }
    }

    /** Of some keys' values; the others are left out, or false. */
    static SinksSpec of(Map<String, ?> values) {
        RecordComponent[] keys = SinksSpec.class.getRecordComponents();
        Class<?>[] types = Arrays.stream(keys).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] all = Arrays.stream(keys)
                .map(key -> key.getType() == boolean.class
                        ? Boolean.TRUE.equals(values.get(key.getName()))
                        : (Object) values.get(key.getName()))
                .toArray();
        try {
            return SinksSpec.class.getDeclaredConstructor(types).newInstance(all);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException wrong ? wrong : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a key. */
    static @Nullable Object value(SinksSpec spec, RecordComponent key) {
        try {
            return key.getAccessor().invoke(spec);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there is any. */
    public boolean areAny() {
        return !equals(DEFAULTS);
    }

    private static void checkAddress(String address) {
        if (STORE.matcher(address).lookingAt()) {
            throw notAnAddress(address, withoutPassword(address));
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw notAnAddress(address, "STORE");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (http && uri.getRawUserInfo() != null) {
            // experiment.yaml, which others read, would hold it
            throw new WrongValue(
                    MLFLOW,
                    "holds a name or a password: give them in the environment,"
                            + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
        }
        boolean port = uri.getPort() == -1 || uri.getPort() > 0 && uri.getPort() <= LAST_PORT;
        if (!http || uri.getHost() == null || !port || uri.getQuery() != null || uri.getFragment() != null) {
            throw notAnAddress(address, "STORE");
        }
    }

    private static WrongValue notAnAddress(String address, String store) {
        return WrongValue.of(
                MLFLOW,
                "\"" + withoutPassword(address) + "\"",
                "must be the http or https address of a server, such as http://127.0.0.1:5000; for a store of files or a database, start `mlflow server --backend-store-uri %s` and give its address"
                        .formatted(store));
    }

    private static String withoutPassword(String address) {
        return address.replaceFirst("//[^/]*@", "//…@");
    }
}
