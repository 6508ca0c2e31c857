package org.autophage.report.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Printable;
import org.autophage.collapse.Thresholds;
import org.autophage.report.compare.Comparison;
import org.autophage.report.compare.ComparisonRequest;
import org.autophage.report.format.Prose;
import org.autophage.report.page.Page;
import org.autophage.report.page.PageData;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.Frame;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.FeatureExtractors;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.records.SweepKey;
import org.autophage.report.records.SweepRuns;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.LoopVerdict;
import org.autophage.report.verdict.VerdictTable;
import org.jspecify.annotations.Nullable;

/** The report of a sweep: a single HTML file that opens without a network. */
public final class SweepReport {
    private SweepReport() {}

    /**
     * Writes the report of a sweep, finished or not, of all cells that can be read.
     *
     * @param folder with {@code sweep.yaml} and a run folder a cell
     * @param out the HTML file; replaced as a whole
     * @return what is wrong with each cell that the report leaves out
     */
    public static List<String> write(Path folder, Path out) {
        SweepRuns sweep = SweepRuns.read(folder);
        FeatureExtractors.requireOne(
                sweep.cells().stream().map(cell -> cell.run().run()).toList());
        Page.write("sweep.jte", view(sweep), out);
        return sweep.damaged();
    }

    /** Figures for a paper, by names for their files: the maps of a sweep, or its lines. */
    public static Map<String, Drawing> figures(Path folder) {
        SweepRuns sweep = SweepRuns.read(folder).requireWhole().loops();
        SweepQuantity quantity = SweepQuantity.of(sweep.cells());
        String when = when(sweep.cells().stream().map(SweepRuns.Cell::run).toList());
        Map<String, Drawing> drawings =
                new SweepFigures(sweep, quantity, Frame.COLUMN).drawings(compared(quantity), when);
        if (drawings.isEmpty()) {
            throw AutophageException.usage("--figures: " + sweep.name()
                    + " has no numeric key, so there is neither map nor line; compare --figures has curves");
        }
        return drawings;
    }

    private static String compared(SweepQuantity quantity) {
        return quantity.perFreshSample() ? "n_e = n_r" : "";
    }

    /** The loops of a sweep side by side, where it ran some with several seeds and all of its cells can be read. */
    public static Optional<Comparison> comparison(Path folder) {
        SweepRuns sweep = SweepRuns.read(folder);
        return sweep.damaged().isEmpty()
                        && sweep.loops().cells().size() < sweep.cells().size()
                ? Optional.of(Comparison.of(ComparisonRequest.of(List.of(folder))))
                : Optional.empty();
    }

    private static SweepView view(SweepRuns runs) {
        SweepRuns sweep = runs.loops();
        SweepQuantity quantity = SweepQuantity.of(sweep.cells());
        SweepFigures figures = new SweepFigures(sweep, quantity, Frame.PAGE);
        List<Trajectories> loops =
                sweep.cells().stream().map(SweepRuns.Cell::run).toList();
        List<String> labels =
                sweep.cells().stream().map(cell -> cell.label(sweep.keys())).toList();
        PageData data = new PageData(loops, labels, List.of(quantity.metric()));
        return new SweepView(
                new Page(sweep.name() + " · Autophage sweep", data.json()),
                sweep.name(),
                facts(runs),
                verdict(sweep, quantity),
                notices(runs),
                quantity.perFreshSample() ? null : verdicts(loops, labels),
                quantity.label(),
                quantity.meaning(),
                when(loops),
                compared(quantity),
                figures.maps(),
                figures.lines(),
                SweepTable.of(sweep, quantity),
                quantity.metric(),
                figures.curves(),
                IntervalBasis.of(loops),
                sweep.text());
    }

    /** The generation that all numbers are of, or that it is not the same one in all loops. */
    private static String when(List<Trajectories> loops) {
        IntSummaryStatistics last = loops.stream()
                .mapToInt(SweepQuantity::lastGeneration)
                .filter(generation -> generation > 0)
                .summaryStatistics();
        String rule = "In the last generation that all seeds of a loop have";
        return last.getCount() == 0
                ? rule
                : last.getMin() == last.getMax()
                        ? rule + ", " + last.getMax()
                        : rule + ", which is not the same in all: " + last.getMin() + " to " + last.getMax();
    }

    /** What became of loops that were run with several seeds; nothing where there is one seed each. */
    private static @Nullable VerdictTable verdicts(List<Trajectories> loops, List<String> labels) {
        if (loops.stream().noneMatch(loop -> loop.run().seeds().size() > 1)) {
            return null;
        }
        List<LoopVerdict> verdicts = IntStream.range(0, loops.size())
                .mapToObj(i -> LoopVerdict.of(loops.get(i), labels.get(i), Thresholds.DEFAULTS))
                .toList();
        return VerdictTable.of(verdicts, Thresholds.DEFAULTS);
    }

    private static List<String> facts(SweepRuns sweep) {
        List<String> facts = new ArrayList<>();
        for (SweepKey key : sweep.keys()) {
            facts.add(key.symbol() + " ∈ {"
                    + String.join(
                            ", ", key.values().stream().map(SweepKey::text).toList()) + "}");
        }
        facts.add(Prose.counted(sweep.asked(), "cell"));
        return facts;
    }

    private static String verdict(SweepRuns sweep, SweepQuantity quantity) {
        List<SweepRuns.Cell> measured = sweep.cells().stream()
                .filter(cell -> quantity.of(cell.run()).isPresent())
                .sorted(Comparator.comparingDouble(
                        cell -> quantity.of(cell.run()).mean()))
                .toList();
        if (measured.isEmpty()) {
            return "No generation has finished yet.";
        }
        SweepRuns.Cell lowest = measured.get(0);
        SweepRuns.Cell highest = measured.get(measured.size() - 1);
        String ends = "%s is lowest at %s (%s) and highest at %s (%s)"
                .formatted(
                        quantity.label(),
                        lowest.label(sweep.keys()),
                        quantity.format(quantity.of(lowest.run())),
                        highest.label(sweep.keys()),
                        quantity.format(quantity.of(highest.run())));
        return ends.replace(" ± ", "\u00a0±\u00a0") + admissible(measured, quantity) + ".";
    }

    /** In how many cells synthetic data does no harm, as far as intervals say so. */
    private static String admissible(List<SweepRuns.Cell> measured, SweepQuantity quantity) {
        OptionalDouble reference = quantity.reference();
        if (reference.isEmpty()) {
            return "";
        }
        int above = 0;
        int below = 0;
        for (SweepRuns.Cell cell : measured) {
            Estimate estimate = quantity.of(cell.run());
            double margin = estimate.hasInterval() ? estimate.halfWidth() : 0;
            above += estimate.mean() - margin >= reference.getAsDouble() ? 1 : 0;
            below += estimate.mean() + margin < reference.getAsDouble() ? 1 : 0;
        }
        int open = measured.size() - above - below;
        return "; synthetic data is admissible (n_e ≥ n_r) in " + above + " of "
                + Prose.counted(measured.size(), "cell")
                + (below == 0 ? "" : " and not in " + below)
                + (open == 0 ? "" : ", with " + open + " inconclusive");
    }

    private static List<String> notices(SweepRuns sweep) {
        List<String> notices = new ArrayList<>();
        int missing = sweep.asked() - sweep.cells().size() - sweep.damaged().size();
        sweep.damaged().forEach(reason -> notices.add("A cell is left out: " + Printable.of(reason) + "."));
        if (missing > 0) {
            notices.add("Of " + Prose.counted(sweep.asked(), "cell") + ", " + missing
                    + (missing == 1 ? " has" : " have") + " not begun.");
        }
        for (SweepRuns.Cell cell : sweep.cells()) {
            if (!cell.isFinished()) {
                notices.add(cell.label(sweep.keys()) + ": " + cell.state() + ".");
            }
        }
        return notices;
    }
}
