package org.autophage.report.records;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RecordChecksum;
import org.autophage.table.TableColumn;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All records of runs as one table, a row a generation: the run, the values of the keys that a sweep went over
 * ({@code spec.sampling.bias}), and everything that the record's line has, under its dotted name
 * ({@code trainingSet.synthetic}, {@code recall}, {@code standardError.recall}).
 */
public final class RecordColumns {
    private static final String RUN = "run";
    private static final String SPEC = "spec.";

    private final Map<String, List<@Nullable JsonNode>> columns = new LinkedHashMap<>();
    private int rows;

    private RecordColumns() {}

    /**
     * The table of some runs.
     *
     * @param labels the runs' names
     * @param keys of specs that tell the runs apart
     */
    public static List<TableColumn> of(List<RunReading> runs, List<String> labels, List<SweepKey> keys) {
        RecordColumns table = new RecordColumns();
        for (int i = 0; i < runs.size(); i++) {
            for (GenerationRecord record : runs.get(i).records()) {
                table.set(RUN, JsonMapper.shared().valueToTree(labels.get(i)));
                for (SweepKey key : keys) {
                    table.set(SPEC + key.key(), key.in(runs.get(i).spec()));
                }
                table.setAll("", JsonMapper.shared().readTree(record.toJson()));
                table.endRow();
            }
        }
        return table.columns.entrySet().stream()
                .map(column -> typed(column.getKey(), column.getValue()))
                .toList();
    }

    private void setAll(String prefix, JsonNode node) {
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            String name = prefix + property.getKey();
            if (property.getValue().isObject()) {
                setAll(name + ".", property.getValue());
            } else if (!name.equals(RecordChecksum.KEY)) {
                set(name, property.getValue());
            }
        }
    }

    private void set(String name, JsonNode value) {
        List<@Nullable JsonNode> column =
                columns.computeIfAbsent(name, key -> new ArrayList<>(Collections.nCopies(rows, null)));
        column.add(value.isNull() || value.isMissingNode() ? null : value);
    }

    private void endRow() {
        rows++;
        for (List<@Nullable JsonNode> column : columns.values()) {
            if (column.size() < rows) {
                column.add(null);
            }
        }
    }

    private static TableColumn typed(String name, List<@Nullable JsonNode> values) {
        TableColumn.Kind kind = kind(values);
        List<@Nullable Object> typed = new ArrayList<>();
        for (JsonNode value : values) {
            typed.add(value == null ? null : valueOf(value, kind));
        }
        return new TableColumn(name, kind, typed);
    }

    /** The narrowest kind that has room for all. */
    private static TableColumn.Kind kind(List<@Nullable JsonNode> values) {
        List<JsonNode> there = new ArrayList<>();
        for (JsonNode value : values) {
            if (value != null) {
                there.add(value);
            }
        }
        if (!there.isEmpty()
                && there.stream().allMatch(value -> value.isIntegralNumber() && value.canConvertToLong())) {
            return TableColumn.Kind.WHOLE;
        }
        if (!there.isEmpty() && there.stream().allMatch(JsonNode::isNumber)) {
            return TableColumn.Kind.REAL;
        }
        return !there.isEmpty() && there.stream().allMatch(JsonNode::isBoolean)
                ? TableColumn.Kind.TRUTH
                : TableColumn.Kind.TEXT;
    }

    /** Lists are written as JSON. */
    private static Object valueOf(JsonNode value, TableColumn.Kind kind) {
        return switch (kind) {
            case WHOLE -> value.longValue();
            case REAL -> value.doubleValue();
            case TRUTH -> value.booleanValue();
            case TEXT -> value.isString() ? value.stringValue() : value.toString();
        };
    }
}
