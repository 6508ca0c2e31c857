package org.autophage.report.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autophage.base.Printable;
import org.autophage.report.compare.Differences.Cell;
import org.autophage.report.compare.Differences.Row;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.RecordCsv;

/** The formats in which a comparison's table can be copied into a paper or a program. */
public enum TableFormat {
    /** A pipe table, differences below the values. */
    MD("Markdown") {
        @Override
        String render(Differences table) {
            List<String> lines = new ArrayList<>();
            lines.add(pipes(header(table)));
            lines.add(pipes(header(table).stream()
                    .map(column -> column.equals(LOOP) ? ":---" : "---:")
                    .toList()));
            for (List<Entry> row : entries(table)) {
                lines.add(pipes(row.stream()
                        .map(entry -> entry.clear()
                                ? "**" + entry.text() + "**"
                                : entry.text().replace("|", "\\|"))
                        .toList()));
            }
            return String.join("\n", lines) + "\n";
        }

        private static String pipes(List<String> cells) {
            return "| " + String.join(" | ", cells) + " |";
        }
    },

    /** A tabular of the package booktabs, differences below the values. */
    LATEX("LaTeX") {
        @Override
        String render(Differences table) {
            List<String> lines = new ArrayList<>();
            lines.add("% generation " + table.generation() + "; needs \\usepackage{booktabs}");
            lines.add("\\begin{tabular}{l" + "r".repeat(header(table).size() - 1) + "}");
            lines.add("\\toprule");
            lines.add(row(header(table).stream().map(TableFormat::escaped).toList()));
            lines.add("\\midrule");
            for (List<Entry> entries : entries(table)) {
                lines.add(row(entries.stream().map(TableFormat::latex).toList()));
            }
            lines.add("\\bottomrule");
            lines.add("\\end{tabular}");
            return String.join("\n", lines) + "\n";
        }

        private static String row(List<String> cells) {
            return String.join(" & ", cells) + " \\\\";
        }
    },

    /** A line a loop and metric at full precision (RFC 4180). */
    CSV("CSV") {
        @Override
        String render(Differences table) {
            StringBuilder csv = new StringBuilder(
                    "loop,seeds,generation,metric,mean,low,high,difference,differenceLow,differenceHigh,paired\r\n");
            for (Row row : table.rows()) {
                for (Cell cell : row.cells()) {
                    if (cell.estimate().isPresent()) {
                        csv.append(line(table.generation(), row, cell)).append("\r\n");
                    }
                }
            }
            return csv.toString();
        }

        private static String line(int generation, Row row, Cell cell) {
            Estimate value = cell.estimate();
            Estimate change = cell.contrast().change();
            boolean compared = change.isPresent();
            return String.join(
                    ",",
                    RecordCsv.quoted(row.label()),
                    "" + row.seeds(),
                    "" + generation,
                    RecordCsv.quoted(cell.metric().key()),
                    number(value.mean()),
                    number(value.low()),
                    number(value.high()),
                    compared ? number(change.mean()) : "",
                    compared ? number(change.low()) : "",
                    compared ? number(change.high()) : "",
                    compared ? "" + cell.contrast().paired() : "");
        }

        private static String number(double value) {
            return Double.isNaN(value) ? "" : Double.toString(value);
        }
    };

    private static final String LOOP = "Loop";

    private final String title;

    TableFormat(String title) {
        this.title = title;
    }

    /**
     * A table to copy from a page.
     *
     * @param title of the format
     * @param id that tells it from the others on the page
     * @param text the table
     */
    public record Block(String title, String id, String text) {}

    /** A cell of the two formats for people; {@code clear} for a difference whose interval leaves out zero. */
    private record Entry(String text, boolean clear, boolean number) {
        Entry {
            text = Printable.of(text);
        }
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table as text, with a final newline. */
    abstract String render(Differences table);

    /** The table in all formats. */
    static List<Block> blocks(Differences table) {
        return Arrays.stream(values())
                .map(format -> new Block(format.title, "table-" + format, format.render(table)))
                .toList();
    }

    private static List<String> header(Differences table) {
        List<String> header = new ArrayList<>(List.of(LOOP, "Seeds"));
        table.metrics().forEach(metric -> header.add(Printable.of(metric.label())));
        return header;
    }

    private static List<List<Entry>> entries(Differences table) {
        List<List<Entry>> rows = new ArrayList<>();
        String base = table.rows().get(0).label();
        for (Row row : table.rows()) {
            List<Entry> values = new ArrayList<>();
            values.add(new Entry(row.label(), false, false));
            values.add(new Entry("" + row.seeds(), false, true));
            row.cells().forEach(cell -> values.add(new Entry(cell.value(), false, true)));
            rows.add(values);
            if (row.cells().stream().anyMatch(cell -> !cell.difference().isEmpty())) {
                List<Entry> changes = new ArrayList<>();
                changes.add(new Entry("difference to " + base, false, false));
                changes.add(new Entry("", false, false));
                row.cells().forEach(cell -> changes.add(new Entry(cell.difference(), cell.excludesZero(), true)));
                rows.add(changes);
            }
        }
        return rows;
    }

    private static String latex(Entry entry) {
        if (!entry.number() || entry.text().isEmpty()) {
            return escaped(entry.text());
        }
        String formula = entry.text().replace("±", "\\pm").replace("−", "-");
        return entry.clear() ? "$\\mathbf{" + formula + "}$" : "$" + formula + "$";
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(letter -> switch (letter) {
                    case '\\' -> "\\textbackslash{}";
                    case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) letter;
                    case '~' -> "\\textasciitilde{}";
                    case '^' -> "\\textasciicircum{}";
                    case 'λ' -> "$\\lambda$";
                    default -> Character.toString(letter);
                })
                .collect(Collectors.joining());
    }
}
