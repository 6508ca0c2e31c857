package org.autophage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.autophage.experiment.ExperimentPlan;
import org.autophage.experiment.ExperimentPlan.Estimate;
import org.autophage.experiment.SweepCell;
import org.autophage.experiment.SweepSpec;
import org.autophage.run.Work;

/** What a sweep would do: a line a cell. */
final class SweepPlan {
    private final SweepSpec sweep;
    private final boolean measure;
    private final Work work;

    /**
     * @param measure whether to train and sample for some seconds a cell in order to estimate time and disk
     * @param work told where opening a dataset takes long
     */
    SweepPlan(SweepSpec sweep, boolean measure, Work work) {
        this.sweep = sweep;
        this.work = work;
        this.measure = measure;
    }

    void print(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(List.of("index", "cell", "generations", "seeds", "samples drawn")));
        if (measure) {
            rows.get(0).addAll(List.of("training", "sampling", "disk"));
        }
        double seconds = 0;
        double bytes = 0;
        for (SweepCell cell : sweep.cells()) {
            ExperimentPlan plan = ExperimentPlan.of(cell.open(work), measure);
            List<String> row = new ArrayList<>(List.of(
                    String.valueOf(rows.size() - 1),
                    cell.name(),
                    String.valueOf(plan.spec().loop().generations()),
                    String.valueOf(plan.spec().seeds().size()),
                    String.valueOf(plan.samplesPerGeneration())));
            Estimate estimate = plan.estimate();
            if (estimate != null) {
                row.addAll(List.of(
                        LineTask.clock(estimate.trainSeconds()),
                        LineTask.clock(estimate.sampleSeconds()),
                        megabytes(estimate.diskBytes())));
                seconds += estimate.trainSeconds() + estimate.sampleSeconds();
                bytes += estimate.diskBytes();
            }
            rows.add(row);
        }
        int cells = sweep.cells().size();
        out.printf("%s: a sweep of %d cells, --index 0 to %d%n%n", sweep.name(), cells, cells - 1);
        out.print(Columns.leftAligned(rows));
        if (measure) {
            out.printf(
                    "%nestimates for all seeds, measured just now: %s of training and sampling, %s of disk in all%n",
                    LineTask.clock(seconds), megabytes(bytes));
            out.println("Metrics and reports come on top, and the feature extractor where a dataset has none yet.");
        }
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
