package org.autophage.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the template of a comparison shows.
 *
 * @param page what surrounds it
 * @param runs the runs, in the order given
 * @param pictures what a sample grid shows
 * @param verdict the sentence computed from the records
 * @param notices what is missing or still under way
 * @param charts a plot a metric
 * @param intervals what intervals are over, if there are any
 * @param differences the runs in the last common generation, or null where they have none in common
 * @param settings the spec's keys that differ
 */
public record ComparisonView(
        Page page,
        List<Run> runs,
        String pictures,
        String verdict,
        List<String> notices,
        List<Chart> charts,
        IntervalBasis intervals,
        @Nullable Differences differences,
        RecordTable settings) {
    /** Whether theory has something to say of any of the plots. */
    public boolean hasClosedForms() {
        return charts.stream().anyMatch(Chart::hasClosedForm);
    }

    /** Whether there is a picture of any run's samples. */
    public boolean hasPictures() {
        return runs.stream().anyMatch(run -> !run.ends().isEmpty());
    }

    /**
     * One of the runs.
     *
     * @param label its name on the page
     * @param facts loop, bias, generations, seeds, features
     * @param seed whose grids are shown
     * @param ends the grids of the first and the last common generation, as far as they are there
     */
    public record Run(String label, List<String> facts, long seed, List<SampleGrids.Grid> ends) {}
}
