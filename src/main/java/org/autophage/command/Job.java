package org.autophage.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.autophage.base.AtomicFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a program is asked to do: a folder with {@code request.json}, which says what, and {@code output.log}, what the program
 * said. docs/guide/own-models.md is what such programs are promised; {@link #CONTRACT} changes when that does.
 *
 * @param folder of this job alone, absolute
 * @param request what is asked for
 * @param stays whether the folder is there when the job is over
 */
public record Job(Path folder, ObjectNode request, boolean stays) {
    /** Version of the contract, the request's key {@code contract}. */
    public static final int CONTRACT = 1;

    private static final String ACTION = "action";
    private static final String OPTIONS = "options";

    /**
     * A job that says nothing yet but what it is.
     *
     * @param action the word that the program is started with: train, sample or features
     * @param options what a person wrote for the program, handed on as it is
     * @param stays whether the folder is there when the job is over
     */
    public static Job of(Path folder, String action, ObjectNode options, boolean stays) {
        ObjectNode request = JsonMapper.shared().createObjectNode();
        request.put("contract", CONTRACT);
        request.put(ACTION, action);
        request.set(OPTIONS, options);
        return new Job(folder.toAbsolutePath(), request, stays);
    }

    /** The word that the program is started with. */
    public String action() {
        return request.path(ACTION).asString();
    }

    /** Where the request lies. */
    public Path requestFile() {
        return folder.resolve("request.json");
    }

    /** What the program said, all its attempts after each other. */
    public Path log() {
        return folder.resolve("output.log");
    }

    /** Writes the request. */
    public void write() {
        AtomicFiles.writeText(requestFile(), request.toPrettyString() + "\n");
    }

    /**
     * The same as variables of the environment, for shells: every text, number and truth value of the request, {@code JOB_COUNT} for
     * {@code count}, and of the options, {@code JOB_OPTIONS_BATCH_SIZE} for {@code batchSize}.
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        put("JOB_", request, variables);
        put("JOB_OPTIONS_", request.path(OPTIONS), variables);
        return variables;
    }

    private static void put(String prefix, JsonNode mapping, Map<String, String> variables) {
        mapping.propertyStream().filter(entry -> entry.getValue().isValueNode()).forEach(entry -> {
            String name = entry.getKey()
                    .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                    .replaceAll("[^A-Za-z0-9]", "_")
                    .toUpperCase(Locale.ROOT);
            String value = entry.getValue().asString();
            if (value.indexOf('\0') < 0) { // which no variable can have
                variables.put(prefix + name, value);
            }
        });
    }
}
