package org.autophage.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;

/** What squeue prints: a line a task, in columns of given widths. */
final class SlurmQueue {
    private static final Map<String, Integer> COLUMNS = columns();

    /** All tasks of this user, those that have ended and are not forgotten yet among them. */
    static final List<String> COMMAND = List.of(
            "squeue",
            "--me",
            "--noheader",
            "--array",
            "--states=all",
            "--Format="
                    + COLUMNS.entrySet().stream()
                            .map(each -> each.getKey() + ":" + each.getValue())
                            .collect(Collectors.joining(",")));

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    private SlurmQueue() {}

    private static Map<String, Integer> columns() {
        Map<String, Integer> columns = new LinkedHashMap<>();
        columns.put("ArrayJobID", 20);
        columns.put("ArrayTaskID", 12);
        columns.put("State", 20);
        columns.put("exit_code", 12);
        columns.put("Reason", 60);
        columns.put("NodeList", 60);
        columns.put("Name", 100);
        return columns;
    }

    /**
     * Reads what the command printed.
     *
     * @param name of the sweep; what is not of it is left out
     */
    static List<SlurmTask> parse(String printed, SlurmName name) {
        List<SlurmTask> tasks = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            if (line.isBlank() || line.startsWith("CLUSTER:")) {
                continue;
            }
            Map<String, String> values = values(line);
            OptionalInt offset = name.offsetOf(value(values, "Name"));
            String index = value(values, "ArrayTaskID");
            if (offset.isPresent() && INDEX.matcher(index).matches()) {
                String waitStatus = value(values, "exit_code");
                tasks.add(new SlurmTask(
                        Long.parseLong(value(values, "ArrayJobID")),
                        offset.getAsInt() + Integer.parseInt(index),
                        offset.getAsInt(),
                        value(values, "State"),
                        INDEX.matcher(waitStatus).matches() ? Integer.parseInt(waitStatus) : 0,
                        value(values, "Reason"),
                        value(values, "NodeList")));
            }
        }
        return tasks;
    }

    private static Map<String, String> values(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        int begin = 0;
        for (Map.Entry<String, Integer> column : COLUMNS.entrySet()) {
            int end = Math.min(line.length(), begin + column.getValue());
            values.put(
                    column.getKey(), line.substring(Math.min(begin, end), end).strip());
            begin += column.getValue();
        }
        if (!NUMBER.matcher(value(values, "ArrayJobID")).matches()
                || value(values, "State").isEmpty()) {
            throw AutophageException.failed("squeue should print a task a line, and printed: " + line.strip());
        }
        return values;
    }

    private static String value(Map<String, String> values, String column) {
        return values.getOrDefault(column, "");
    }
}
