package org.autophage.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.autophage.report.paper.FigureFiles;
import org.autophage.report.paper.TableRequest;
import org.autophage.report.plot.Drawing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What tables and figures show; for commands that make some. */
final class TableOptions {
    @Option(
            names = "--metrics",
            split = ",",
            paramLabel = "KEY",
            description = "Columns of the table, and figures: any numbers of the records, such as"
                    + " frechetDistance,recall (default: all but what generations cost, and what is of one class or factor"
                    + " alone).")
    private List<String> metrics = List.of();

    @Option(
            names = "--generations",
            split = ",",
            paramLabel = "GENERATION",
            description = "Rows of the table: numbers of generations, or last. That is the last that all seeds of all"
                    + " loops have (default: it; of a single run, all).")
    private List<String> generations = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "LOOP",
            description = "What the table's differences are to: one of the loops, by its name on the page (default: the"
                    + " first); of a single run, one of its generations (default: none).")
    private String baseline = "";

    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description = "Also writes figures for a paper there, as SVG and PDF of a column's width (3.3 inches).")
    private @Nullable Path figures;

    /** Writes figures if they are asked for, and says where. */
    void writeFigures(Supplier<Map<String, Drawing>> drawings, PrintWriter error) {
        if (figures != null) {
            error.println(FigureFiles.write(figures, drawings.get()));
        }
    }

    TableRequest request() {
        return new TableRequest(metrics, generations, baseline);
    }
}
