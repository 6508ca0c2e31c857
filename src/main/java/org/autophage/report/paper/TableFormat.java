package org.autophage.report.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autophage.base.Printable;
import org.autophage.report.paper.LoopTable.Cell;
import org.autophage.report.paper.LoopTable.Row;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.RecordCsv;

/** The formats in which a table of loops can be copied into a paper or a program. */
public enum TableFormat {
    /** A pipe table, differences below the values, with its caption as Pandoc has it. */
    MD("Markdown") {
        @Override
        public String render(LoopTable table) {
            List<String> lines = new ArrayList<>();
            lines.add(pipes(header(table)));
            lines.add(pipes(header(table).stream()
                    .map(column -> column.equals(LOOP) || column.equals(VERDICT) ? ":---" : "---:")
                    .toList()));
            for (List<Entry> row : entries(table)) {
                lines.add(pipes(row.stream()
                        .map(entry -> entry.clear()
                                ? "**" + entry.text() + "**"
                                : entry.text().replace("|", "\\|"))
                        .toList()));
            }
            lines.add("");
            lines.add("Table: " + Printable.of(table.caption()));
            return String.join("\n", lines) + "\n";
        }

        private static String pipes(List<String> cells) {
            return "| " + String.join(" | ", cells) + " |";
        }
    },

    /** A table of the package booktabs with caption and label, differences below the values. */
    LATEX("LaTeX") {
        @Override
        public String render(LoopTable table) {
            List<String> header = header(table);
            String columns = header.stream()
                    .map(column -> column.equals(LOOP) || column.equals(VERDICT) ? "l" : "r")
                    .collect(Collectors.joining());
            List<String> lines = new ArrayList<>();
            lines.add("% needs \\usepackage{booktabs}");
            lines.add("\\begin{table}");
            lines.add("\\centering");
            lines.add("\\caption{" + Latex.escaped(Printable.of(table.caption())) + "}");
            lines.add("\\label{tab:" + Latex.label(table.name()) + "}");
            lines.add("\\begin{tabular}{" + columns + "}");
            lines.add("\\toprule");
            lines.add(row(header.stream().map(Latex::escaped).toList()));
            lines.add("\\midrule");
            for (List<Entry> entries : entries(table)) {
                lines.add(row(entries.stream().map(Entry::latex).toList()));
            }
            lines.add("\\bottomrule");
            lines.add("\\end{tabular}");
            lines.add("\\end{table}");
            return String.join("\n", lines) + "\n";
        }

        private static String row(List<String> cells) {
            return String.join(" & ", cells) + " \\\\";
        }
    },

    /** A line a loop, generation and metric at full precision (RFC 4180). */
    CSV("CSV") {
        @Override
        public String render(LoopTable table) {
            StringBuilder csv = new StringBuilder(
                    "loop,seeds,generation,metric,mean,low,high,difference,differenceLow,differenceHigh,paired,verdict\r\n");
            for (Row row : table.rows()) {
                for (Cell cell : row.cells()) {
                    if (cell.estimate().isPresent()) {
                        csv.append(line(row, cell)).append("\r\n");
                    }
                }
            }
            return csv.toString();
        }

        private static String line(Row row, Cell cell) {
            Estimate value = cell.estimate();
            Estimate change = cell.contrast().change();
            boolean compared = change.isPresent();
            return String.join(
                    ",",
                    RecordCsv.quoted(row.loop()),
                    "" + row.seeds(),
                    "" + row.generation(),
                    RecordCsv.quoted(cell.metric().key()),
                    number(value.mean()),
                    number(value.low()),
                    number(value.high()),
                    compared ? number(change.mean()) : "",
                    compared ? number(change.low()) : "",
                    compared ? number(change.high()) : "",
                    compared ? "" + cell.contrast().paired() : "",
                    row.verdict());
        }

        private static String number(double value) {
            return Double.isNaN(value) ? "" : Double.toString(value);
        }
    };

    private static final String LOOP = "Loop";
    private static final String VERDICT = "Verdict";

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

        static Entry word(String text) {
            return new Entry(text, false, false);
        }

        static Entry number(String text) {
            return new Entry(text, false, true);
        }

        String latex() {
            return !number || text.isEmpty() ? Latex.escaped(text) : Latex.number(text, clear);
        }
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table as text, with a final newline. */
    public abstract String render(LoopTable table);

    /** The table in all formats. */
    public static List<Block> blocks(LoopTable table) {
        return Arrays.stream(values())
                .map(format -> new Block(format.title, "table-" + format, format.render(table)))
                .toList();
    }

    private static List<String> header(LoopTable table) {
        List<String> header = new ArrayList<>();
        if (table.severalLoops()) {
            header.add(LOOP);
        }
        if (table.severalGenerations()) {
            header.add("Generation");
        }
        header.add("Seeds");
        table.metrics().forEach(metric -> header.add(Printable.of(metric.label())));
        if (table.severalLoops()) {
            header.add(VERDICT);
        }
        return header;
    }

    private static List<List<Entry>> entries(LoopTable table) {
        List<List<Entry>> rows = new ArrayList<>();
        String before = "";
        for (Row row : table.rows()) {
            boolean first = !row.loop().equals(before);
            before = row.loop();
            rows.add(values(table, row, first));
            if (row.cells().stream().anyMatch(cell -> !cell.difference().isEmpty())) {
                rows.add(changes(table, row));
            }
        }
        return rows;
    }

    /** A loop's name and verdict stand in the first of its rows. */
    private static List<Entry> values(LoopTable table, Row row, boolean first) {
        List<Entry> values = new ArrayList<>();
        if (table.severalLoops()) {
            values.add(Entry.word(first ? row.loop() : ""));
        }
        if (table.severalGenerations()) {
            values.add(Entry.number("" + row.generation()));
        }
        values.add(Entry.number("" + row.seeds()));
        row.cells().forEach(cell -> values.add(Entry.number(cell.value())));
        if (table.severalLoops()) {
            values.add(Entry.word(first ? row.verdict() : ""));
        }
        return values;
    }

    private static List<Entry> changes(LoopTable table, Row row) {
        List<Entry> changes = new ArrayList<>();
        if (table.severalLoops()) {
            changes.add(Entry.word("difference"));
        }
        if (table.severalGenerations()) {
            changes.add(Entry.word(table.severalLoops() ? "" : "difference"));
        }
        changes.add(Entry.word(""));
        row.cells().forEach(cell -> changes.add(new Entry(cell.difference(), cell.excludesZero(), true)));
        if (table.severalLoops()) {
            changes.add(Entry.word(""));
        }
        return changes;
    }
}
