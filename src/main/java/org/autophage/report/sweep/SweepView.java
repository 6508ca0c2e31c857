package org.autophage.report.sweep;

import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.report.format.RecordTable;
import org.autophage.report.page.Page;
import org.autophage.report.plot.HeatMap;
import org.autophage.report.plot.LinePlot;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.verdict.VerdictTable;
import org.jspecify.annotations.Nullable;

/**
 * What the template of a sweep's report shows.
 *
 * @param page what surrounds it
 * @param name of the sweep
 * @param facts what was swept over, how far it is
 * @param verdict the sentence computed from the cells
 * @param notices what is missing or still under way
 * @param verdicts what became of each loop; null where loops have one seed each
 * @param quantity the number that is compared
 * @param meaning what it is
 * @param when the generation that it is of, in a sentence
 * @param compared the line that values are compared with, in words; empty where there is none
 * @param maps the number over two keys
 * @param lines the number over one key
 * @param cells a row a cell
 * @param metric whose generations are plotted
 * @param curves which cells share a plot of generations
 * @param intervals what intervals are over, if there are any
 * @param spec the text of {@code sweep.yaml}
 */
public record SweepView(
        Page page,
        String name,
        List<String> facts,
        String verdict,
        List<String> notices,
        @Nullable VerdictTable verdicts,
        String quantity,
        String meaning,
        String when,
        String compared,
        List<MapFigure> maps,
        List<LineFigure> lines,
        RecordTable cells,
        Metric metric,
        List<Curves> curves,
        IntervalBasis intervals,
        String spec) {
    /**
     * A map.
     *
     * @param title the values of the keys that it is not over; empty where there are none
     * @param description what is to be seen, for those who cannot see it
     */
    public record MapFigure(String title, String description, HeatMap map) {}

    /**
     * A plot of lines.
     *
     * @param description what is to be seen, for those who cannot see it
     */
    public record LineFigure(String description, LinePlot plot) {}

    /**
     * Cells whose generations are plotted together.
     *
     * @param title what they have in common; empty where that is all
     * @param runs their numbers in the page's data, with commas between
     * @param labels their names in this plot
     * @param description what is to be seen, for those who cannot see it
     */
    public record Curves(String title, String runs, List<String> labels, String description) {}

    /** Whether something is expected of the metric whose generations are plotted. */
    public boolean hasExpectations() {
        return page.data().contains("\"expected\":");
    }
}
