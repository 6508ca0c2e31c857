package org.autophage.table;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table as CSV (RFC 4180), to be written in UTF-8: a line of names, and a line a row; what a row lacks is empty. */
public final class CsvTable {
    private static final String END_OF_LINE = "\r\n";
    private static final Pattern PLAIN = Pattern.compile("[^\",\r\n]*");

    private CsvTable() {}

    /** @param columns all of one length, at least one */
    public static String of(List<TableColumn> columns) {
        StringBuilder text = new StringBuilder();
        text.append(columns.stream().map(column -> field(column.name())).collect(Collectors.joining(",")))
                .append(END_OF_LINE);
        for (int row = 0; row < columns.get(0).values().size(); row++) {
            int number = row;
            text.append(columns.stream()
                            .map(column -> field(column.values().get(number)))
                            .collect(Collectors.joining(",")))
                    .append(END_OF_LINE);
        }
        return text.toString();
    }

    /** A field, in quotation marks where it has to be; empty text is told from none by them. */
    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return PLAIN.matcher(text).matches() && !text.isEmpty() ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
