package org.autophage.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param values by the names of the contract; numbers are finite
 * @param rows the same for people: metric, value, what of, convention
 * @param notes what a person should know beside the numbers
 */
public record EvaluationResult(Map<String, Object> values, List<Row> rows, List<String> notes) {
    /**
     * One number for people.
     *
     * @param metric its name
     * @param value the number, written out
     * @param of features, preprocessing and numbers of samples that it depends on
     * @param convention which of the definitions in use it follows
     */
    public record Row(String metric, String value, String of, String convention) {}

    public EvaluationResult {
        values = new LinkedHashMap<>(values);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }
}
