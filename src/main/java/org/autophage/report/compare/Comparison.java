package org.autophage.report.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.autophage.base.AutophageException;
import org.autophage.collapse.Thresholds;
import org.autophage.report.format.Prose;
import org.autophage.report.format.RecordTable;
import org.autophage.report.format.TextTable;
import org.autophage.report.page.Chart;
import org.autophage.report.page.Page;
import org.autophage.report.page.PageData;
import org.autophage.report.page.Progression;
import org.autophage.report.page.Report;
import org.autophage.report.page.Summary;
import org.autophage.report.paper.CurveFigures;
import org.autophage.report.paper.LoopTable;
import org.autophage.report.paper.TableFormat;
import org.autophage.report.plot.Drawing;
import org.autophage.report.records.FeatureExtractors;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.records.IntervalMethod;
import org.autophage.report.records.RunLabels;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.LoopVerdict;
import org.autophage.report.verdict.VerdictTable;
import org.jspecify.annotations.Nullable;

/** Several loops side by side: a page, tables for a paper, and a verdict a loop. Differences are to the first arm, or to the one asked for. */
public final class Comparison {
    private final ComparisonRequest request;
    private final List<Arm> arms;
    private final List<String> labels;
    private final List<Trajectories> trajectories;
    private final @Nullable Integer last;
    private final List<LoopVerdict> verdicts;
    private final @Nullable LoopTable table;
    private final RecordTable scaling;

    private Comparison(ComparisonRequest request, List<Arm> arms) {
        this.request = request;
        this.arms = arms;
        this.labels = arms.stream().map(Arm::label).toList();
        this.trajectories = arms.stream()
                .map(arm -> Trajectories.of(arm.run(), request.intervals()))
                .toList();
        TreeSet<Integer> finished = Trajectories.finishedByAll(trajectories);
        this.last = finished.isEmpty() ? null : finished.last();
        this.verdicts = verdicts(trajectories, labels, request.thresholds());
        this.table = last == null
                ? null
                : LoopTable.ofLoops(name(request.folders()), trajectories, verdicts, request.table());
        this.scaling = ScalingLaw.table(
                last == null ? List.of() : ScalingLaw.of(arms, trajectories, last, request.intervals()));
    }

    /**
     * Reads all runs.
     *
     * @throws AutophageException with USAGE where they cannot be compared, such as for different feature extractors
     */
    public static Comparison of(ComparisonRequest request) {
        List<Arm> arms = Arm.of(request.folders(), request.by());
        List<RunReading> runs =
                arms.stream().flatMap(arm -> arm.members().stream()).toList();
        if (runs.size() < 2) {
            throw AutophageException.usage(
                    "compare was given " + Prose.counted(runs.size(), "run") + ": give at least two, or a sweep");
        }
        FeatureExtractors.requireOne(runs);
        if (request.intervals() == IntervalMethod.BOOTSTRAP) {
            arms.forEach(Comparison::requireEnoughSeeds);
        }
        return new Comparison(request, arms);
    }

    private static void requireEnoughSeeds(Arm arm) {
        int seeds = arm.run().seeds().size();
        boolean replicas = arm.run().records().stream().anyMatch(record -> record.replicas() > 1);
        if (replicas || seeds < IntervalMethod.LEAST_SEEDS) {
            throw AutophageException.usage("--interval bootstrap: " + arm.label() + " has "
                    + (replicas
                            ? "replicas, of which records hold mean and standard error only"
                            : Prose.counted(seeds, "seed") + ", and drawing from fewer than "
                                    + IntervalMethod.LEAST_SEEDS + " says too little")
                    + ": use --interval t");
        }
    }

    /**
     * Writes the page.
     *
     * @param out the HTML file; replaced as a whole
     */
    public void writePage(Path out) {
        Page.write("comparison.jte", view(), out);
    }

    /** The verdicts as text for standard output, a line a loop and indicator, and one a scaling law. */
    public String verdictText() {
        String text = VerdictTable.text(verdicts, request.thresholds());
        if (scaling.rows().isEmpty()) {
            return text;
        }
        List<List<String>> lines = new ArrayList<>(List.of(scaling.header()));
        lines.addAll(scaling.rows());
        return text + "\n" + TextTable.aligned(scaling.header().size(), lines);
    }

    /**
     * The table of the last common generation, or of those asked for, to copy into a paper.
     *
     * @throws AutophageException with USAGE where the runs have no finished generation in common
     */
    public String table(TableFormat format) {
        return format.render(
                table == null
                        ? LoopTable.ofLoops(
                                name(request.folders()),
                                trajectories,
                                verdicts,
                                request.table()) // says why there is none
                        : table);
    }

    /** Verdicts, values and differences as one JSON object, on one line. */
    public String json() {
        return ComparisonJson.of(arms, table, verdicts, request);
    }

    /** Figures for a paper, by names for their files: a metric each, and the samples of all loops. */
    public Map<String, Drawing> figures() {
        Map<String, Drawing> figures = new LinkedHashMap<>(CurveFigures.of(trajectories, labels, request.table()));
        GridMatrix grids = GridMatrix.of(arms, gridGenerations(), new ArrayList<>());
        if (!grids.arePages()) {
            figures.put("grids", grids.drawing());
        }
        return figures;
    }

    /** What it is of: the one sweep that was given, or any loops. */
    private static String name(List<Path> folders) {
        return folders.size() == 1 ? RunLabels.of(folders).get(0) : "loops";
    }

    private static List<LoopVerdict> verdicts(List<Trajectories> loops, List<String> labels, Thresholds thresholds) {
        List<LoopVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            verdicts.add(LoopVerdict.of(loops.get(i), labels.get(i), thresholds));
        }
        return verdicts;
    }

    private ComparisonView view() {
        List<String> notices = new ArrayList<>();
        for (Arm arm : arms) {
            for (RunReading member : arm.members()) {
                String name = arm.members().size() > 1 ? arm.label() + ", " + member.name() : arm.label();
                Progression.unfinished(member).forEach(line -> notices.add(name + ": " + line));
            }
        }
        if (last == null) {
            notices.add("These runs have no finished generation in common: there is no table of differences.");
        }
        return new ComparisonView(
                new Page(arms.size() + " loops · Autophage comparison", new PageData(trajectories, labels).json()),
                arms.stream()
                        .map(arm -> new ComparisonView.Loop(arm.label(), Report.facts(arm.run())))
                        .toList(),
                VerdictTable.of(verdicts, request.thresholds()),
                last == null ? "No generation is common to all runs yet." : Summary.of(trajectories, labels, last),
                notices,
                Chart.of(trajectories, labels),
                IntervalBasis.of(trajectories),
                table,
                table == null ? List.of() : TableFormat.blocks(table),
                GridMatrix.of(arms, gridGenerations(), notices),
                last == null
                        ? new RecordTable(List.of(), List.of())
                        : RemedyEffects.of(arms, trajectories, last, request.intervals()),
                scaling,
                SettingDifferences.of(arms));
    }

    private TreeSet<Integer> gridGenerations() {
        if (!request.grids().isEmpty()) {
            return new TreeSet<>(request.grids());
        }
        TreeSet<Integer> ends = new TreeSet<>();
        if (last != null) {
            arms.forEach(arm -> ends.add(arm.run().firstAndLastGeneration().get(0)));
            ends.removeIf(first -> first > last);
            ends.add(last);
        }
        return ends;
    }
}
