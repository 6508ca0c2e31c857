package org.autophage.report.compare;

import java.util.List;
import org.autophage.report.format.RecordTable;
import org.autophage.report.page.Chart;
import org.autophage.report.page.Page;
import org.autophage.report.paper.LoopTable;
import org.autophage.report.paper.TableFormat;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.verdict.VerdictTable;
import org.jspecify.annotations.Nullable;

/**
 * What the template of a comparison shows.
 *
 * @param page what surrounds it
 * @param loops the arms, in the order given
 * @param verdicts what became of them
 * @param summary how they stand to each other in the last common generation, in a sentence
 * @param notices what is missing or still under way
 * @param charts a plot a metric
 * @param intervals what intervals are over, if there are any
 * @param differences the arms in the last common generation or those asked for, or null where they have none in common
 * @param blocks the same to copy into a paper
 * @param grids samples side by side
 * @param remedies what remedies did for their loops; without rows where there are none
 * @param scaling whether more data help later generations as they help the first; without rows where sizes are the same
 * @param settings the spec's keys that differ
 */
public record ComparisonView(
        Page page,
        List<Loop> loops,
        VerdictTable verdicts,
        String summary,
        List<String> notices,
        List<Chart> charts,
        IntervalBasis intervals,
        @Nullable LoopTable differences,
        List<TableFormat.Block> blocks,
        GridMatrix grids,
        RecordTable remedies,
        RecordTable scaling,
        RecordTable settings) {
    /** What dashed lines are, in words; empty where no plot has one. */
    public String expectations() {
        return Chart.expectations(charts);
    }

    /**
     * One of the arms.
     *
     * @param label its name on the page
     * @param facts loop, bias, generations, seeds, features
     */
    public record Loop(String label, List<String> facts) {}
}
