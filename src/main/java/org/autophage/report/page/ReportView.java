package org.autophage.report.page;

import java.util.List;
import java.util.Map;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.verdict.VerdictTable;
import org.jspecify.annotations.Nullable;

/**
 * What the template of a run's report shows.
 *
 * @param page what surrounds it
 * @param name of the run
 * @param facts loop, bias, generations, seeds, features, samples: the line below the title
 * @param verdicts what became of the loop
 * @param summary what changed, in a sentence
 * @param notices what is missing or still under way
 * @param headlines the large figures
 * @param warnings what the early warning says
 * @param attributions drift or collapse, a sentence a seed
 * @param charts a plot a metric
 * @param classes what became of every class
 * @param intervals what intervals are over, if there are any
 * @param singleSeed whether there is one seed at most
 * @param pictures what a sample grid shows
 * @param grids sample grids, seed by seed
 * @param trainingSets what each generation was trained on
 * @param remedies what each of them did in each generation
 * @param variances how much of each metric's variance is of training and how much of sampling
 * @param lostTails which tenths of the real law are gone or thinned
 * @param hasLosses whether there are loss curves
 * @param overSeeds the table of means
 * @param perSeed the table of all records
 * @param spec the resolved spec's text, or null
 * @param provenance versions, device, times: titled blocks of lines
 */
public record ReportView(
        Page page,
        String name,
        List<String> facts,
        VerdictTable verdicts,
        String summary,
        List<String> notices,
        List<Headline> headlines,
        EarlyWarnings warnings,
        List<String> attributions,
        List<Chart> charts,
        ClassTable classes,
        IntervalBasis intervals,
        boolean singleSeed,
        String pictures,
        List<SampleGrids> grids,
        TrainingSets trainingSets,
        RemedyFigures remedies,
        VarianceSplit variances,
        LostTails lostTails,
        boolean hasLosses,
        RecordTable overSeeds,
        RecordTable perSeed,
        @Nullable String spec,
        Map<String, Map<String, String>> provenance) {
    /** What dashed lines are, in words; empty where no plot has one. */
    public String expectations() {
        return Chart.expectations(charts);
    }
}
