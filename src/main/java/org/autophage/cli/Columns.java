package org.autophage.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.Printable;

/** Rows of text with their columns lined up, for standard output. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** Every row has as many cells; a newline ends each. */
    static String leftAligned(List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
