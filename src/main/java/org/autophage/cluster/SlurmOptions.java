package org.autophage.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.WrongValue;

/**
 * Options of sbatch that a person chose: {@code partition=gpu,time=4:00:00}. Any long option can be given but those that a
 * sweep sets itself, or that make more of a cell than one process.
 *
 * @param values by name, without dashes; an empty value is an option that takes none
 */
public record SlurmOptions(Map<String, String> values) {
    /** How an option is given on the command line. */
    private static final String OPTION = "--slurm";

    private static final String SIGNAL = "signal";
    private static final String TIME = "time";

    /** Two minutes before its time is up a cell is asked for a checkpoint. */
    private static final String USUAL_SIGNAL = "B:TERM@120";

    /** Slurm may be that much early with the signal. */
    private static final long RESOLUTION_SECONDS = 60;

    private static final String ONE_PROCESS = "a cell is one process on one node";
    private static final String WHAT_IT_ASKS_FOR =
            "it would change what sbatch prints or does, and the sweep reads that";
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("array", "the sweep submits what is not finished; --jobs says how many run at a time"),
            Map.entry("job-name", "the sweep finds its jobs again by their name"),
            Map.entry("output", "the sweep reads its tasks' logs; they lie in its folder slurm"),
            Map.entry("error", "the sweep reads its tasks' logs; they lie in its folder slurm"),
            Map.entry("open-mode", "logs are continued"),
            Map.entry("requeue", "cells always go on after a preemption or the failure of a node"),
            Map.entry("no-requeue", "cells always go on after a preemption or the failure of a node"),
            Map.entry("chdir", "paths of the spec count from the folder that the sweep was started in"),
            Map.entry("nodes", ONE_PROCESS),
            Map.entry("ntasks", ONE_PROCESS),
            Map.entry("ntasks-per-node", ONE_PROCESS),
            Map.entry("input", ONE_PROCESS),
            Map.entry("clusters", "log in to the cluster itself"),
            Map.entry("wrap", WHAT_IT_ASKS_FOR),
            Map.entry("wait", WHAT_IT_ASKS_FOR),
            Map.entry("test-only", WHAT_IT_ASKS_FOR),
            Map.entry("parsable", WHAT_IT_ASKS_FOR),
            Map.entry("quiet", WHAT_IT_ASKS_FOR),
            Map.entry("verbose", WHAT_IT_ASKS_FOR),
            Map.entry("help", WHAT_IT_ASKS_FOR),
            Map.entry("usage", WHAT_IT_ASKS_FOR),
            Map.entry("version", WHAT_IT_ASKS_FOR));

    /** A comma that another name follows ends a value; others belong to it, as in partition=a,b. */
    private static final Pattern BETWEEN = Pattern.compile(",(?=[a-z][a-z0-9-]*=)");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern TERM = Pattern.compile("B:TERM@(\\d{1,6})");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Minutes, M:S, H:M:S, D-H, D-H:M or D-H:M:S. */
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,5})-)?\\d{1,7}(?::\\d{1,5}){0,2}");

    public SlurmOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Reads what was given.
     *
     * @param given each NAME=VALUE,NAME=VALUE… or a NAME alone
     * @throws WrongValue saying which option cannot be given, and why
     */
    public static SlurmOptions parse(List<String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : given) {
            for (String option : BETWEEN.split(text, -1)) {
                int sign = option.indexOf('=');
                String name = sign < 0 ? option : option.substring(0, sign);
                String value = sign < 0 ? "" : option.substring(sign + 1);
                check(name, value, sign >= 0, option);
                if (values.put(name, value) != null) {
                    throw new WrongValue(OPTION, "%s is given twice".formatted(name));
                }
            }
        }
        SlurmOptions options = new SlurmOptions(values);
        options.checkTime();
        return options;
    }

    private static void check(String name, String value, boolean hasValue, String option) {
        if (!NAME.matcher(name).matches() || hasValue && value.isEmpty()) {
            throw WrongValue.of(
                    OPTION,
                    option,
                    "must be long options of sbatch without dashes, such as partition=gpu,time=4:00:00");
        }
        if (CONTROL.matcher(value).find()) {
            throw WrongValue.of(OPTION, option, "has a line break or another control character");
        }
        String reason = REFUSED.get(name);
        if (reason != null) {
            throw new WrongValue(OPTION, "%s cannot be given: %s".formatted(name, reason));
        }
        if (name.equals(SIGNAL) && !TERM.matcher(value).matches()) {
            throw WrongValue.of(
                    OPTION,
                    option,
                    "must be B:TERM@SECONDS: on SIGTERM a cell writes a checkpoint (default: " + USUAL_SIGNAL + ")");
        }
    }

    /** A cell whose time is up as soon as it begins would never come to anything. */
    private void checkTime() {
        OptionalLong limit = seconds(values.getOrDefault(TIME, ""));
        long before = secondsBeforeLimit() + RESOLUTION_SECONDS;
        if (limit.orElse(0) > 0 && limit.getAsLong() <= before) { // 0 is no limit
            throw new WrongValue(
                    OPTION,
                    "%s=%s is %d s: must be more than the %d s before its end at which Slurm may ask a cell for a checkpoint; signal=B:TERM@SECONDS changes them"
                            .formatted(TIME, values.get(TIME), limit.getAsLong(), before));
        }
    }

    private long secondsBeforeLimit() {
        Matcher matcher = TERM.matcher(values.getOrDefault(SIGNAL, USUAL_SIGNAL));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** A limit of time in seconds; empty where it is none that sbatch would understand, which it then says itself. */
    static OptionalLong seconds(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            return OptionalLong.empty();
        }
        boolean hasDays = duration.group(1) != null;
        long days = hasDays ? Long.parseLong(duration.group(1)) : 0;
        long[] parts = Arrays.stream(text.substring(text.indexOf('-') + 1).split(":"))
                .mapToLong(Long::parseLong)
                .toArray();
        // Without days, and without hours, the first of them is minutes.
        long unit = hasDays || parts.length == 3 ? 3600 : 60;
        long seconds = 86_400 * days;
        for (long part : parts) {
            seconds += unit * part;
            unit /= 60;
        }
        return OptionalLong.of(seconds);
    }

    /** As sbatch takes them, with the signal that every sweep needs. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        values.forEach((name, value) -> words.add("--" + name + (value.isEmpty() ? "" : "=" + value)));
        if (!values.containsKey(SIGNAL)) {
            words.add("--" + SIGNAL + "=" + USUAL_SIGNAL);
        }
        return words;
    }
}
