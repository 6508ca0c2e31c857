package org.autophage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.autophage.base.Work;
import org.autophage.planning.ExperimentPlan;
import org.autophage.planning.ExperimentPlan.Amount;
import org.autophage.planning.ExperimentPlan.Estimate;
import org.autophage.planning.GpuShare;
import org.autophage.planning.GpuShare.Found;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepSpec;

/** What a sweep would do: a line a cell. */
final class SweepPlan {
    private static final double GIBIBYTE = 1L << 30;

    private final SweepSpec sweep;
    private final double seconds;
    private final Work work;

    /**
     * @param seconds of all cells together to train and sample in order to estimate time and disk; 0 to measure nothing
     * @param work told where opening a dataset takes long
     */
    SweepPlan(SweepSpec sweep, double seconds, Work work) {
        this.sweep = sweep;
        this.seconds = seconds;
        this.work = work;
    }

    void print(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(List.of("index", "cell", "generations", "seeds", "samples drawn")));
        if (seconds > 0) {
            rows.get(0).addAll(List.of("training", "sampling", "disk", ""));
        }
        List<Estimate> estimates = new ArrayList<>();
        boolean anyGpu = seconds > 0 && SweepPlaces.mayUseAnyGpu(sweep);
        GpuShare share = GpuShare.begin(anyGpu ? "auto" : "cpu");
        int cells = sweep.cells().size();
        for (SweepCell cell : sweep.cells()) {
            ExperimentPlan plan = ExperimentPlan.of(cell.open(work), seconds / cells);
            List<String> row = new ArrayList<>(List.of(
                    String.valueOf(rows.size() - 1),
                    cell.name(),
                    String.valueOf(plan.spec().loop().generations()),
                    String.valueOf(plan.spec().seeds().size()),
                    String.valueOf(plan.samplesPerGeneration())));
            Estimate estimate = plan.estimate();
            if (estimate != null) {
                row.addAll(List.of(
                        PlanCommand.time(estimate.trainSeconds()),
                        PlanCommand.time(estimate.sampleSeconds()),
                        PlanCommand.megabytes(estimate.diskBytes()),
                        basis(estimate)));
                estimates.add(estimate);
            }
            rows.add(row);
        }
        out.printf("%s: a sweep of %d cells, --index 0 to %d%n%n", sweep.name(), cells, cells - 1);
        out.print(Columns.leftAligned(rows));
        if (!estimates.isEmpty()) {
            out.printf(
                    "%nestimates for all seeds, just now: %s of training and sampling, %s of disk in all%n",
                    PlanCommand.time(sum(estimates, each -> sum(each.trainSeconds(), each.sampleSeconds()))),
                    PlanCommand.megabytes(sum(estimates, Estimate::diskBytes)));
            out.println("Metrics and reports come on top, and the feature extractor where a dataset has none yet.");
            if (anyGpu) {
                out.println(cellsOfAGpu(share.now(), estimates.stream().allMatch(SweepPlan::isWhole)));
            }
        }
    }

    /**
     * How many cells share a GPU's memory.
     *
     * @param whole whether batches and chunks were measured in the sizes that the cells have
     */
    static String cellsOfAGpu(Optional<Found> found, boolean whole) {
        return found.map(each -> String.format(
                        Locale.ROOT,
                        "GPU memory: %.1f of %.1f GiB taken by what was trained and drawn just now%s; --per-gpu %d fits by that, metrics come on top",
                        each.bytes() / GIBIBYTE,
                        each.total() / GIBIBYTE,
                        whole ? "" : ", in smaller batches or chunks than the cells'",
                        each.fit()))
                .orElse("GPU memory: how many cells share a GPU (--per-gpu) is measured where there is one");
    }

    /** A word or two for a line of a table. */
    private static String basis(Estimate estimate) {
        String word = isWhole(estimate) ? "measured" : "extrapolated";
        return estimate.trainSeconds().isAtMost() ? word + ", at most" : word;
    }

    private static boolean isWhole(Estimate estimate) {
        return Stream.of(estimate.trainSeconds(), estimate.sampleSeconds())
                .noneMatch(each -> each.basis().startsWith("extrapolated"));
    }

    /** Not known if one of them is not. */
    private static Amount sum(List<Estimate> estimates, Function<Estimate, Amount> part) {
        return estimates.stream().map(part).reduce(new Amount(0, ""), SweepPlan::sum);
    }

    private static Amount sum(Amount one, Amount other) {
        return new Amount(one.value() + other.value(), "");
    }
}
