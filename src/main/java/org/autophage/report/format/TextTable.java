package org.autophage.report.format;

import java.util.List;
import org.autophage.base.Printable;

/** Rows of text with their columns lined up, for standard output. */
public final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * Every row has as many cells; a newline ends each.
     *
     * @param left how many of the first columns are lined up on the left, as names are; the others are numbers
     * @param cells the header and what is below it
     */
    public static String aligned(int left, List<List<String>> cells) {
        List<List<String>> rows = cells.stream()
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        StringBuilder text = new StringBuilder();
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String room = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? "" : GAP).append(c < left ? row.get(c) + room : room + row.get(c));
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
