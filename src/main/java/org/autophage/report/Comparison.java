package org.autophage.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;

/** Several runs side by side: a single HTML file that opens without a network. */
public final class Comparison {
    private Comparison() {}

    /**
     * Writes a comparison. Differences are to the first run.
     *
     * @param runFolders at least two different run folders, whose records name one feature extractor
     * @param out the HTML file; replaced as a whole
     */
    public static void write(List<Path> runFolders, Path out) {
        if (runFolders.size() < 2) {
            throw AutophageException.usage(
                    "compare was given " + Prose.counted(runFolders.size(), "run folder") + ": give at least two");
        }
        List<String> labels = RunLabels.of(runFolders);
        List<RunFolder> runs = runFolders.stream().map(RunFolder::read).toList();
        FeatureExtractors.requireOne(runs);
        Page.write("comparison.jte", view(runs, labels), out);
    }

    private static ComparisonView view(List<RunFolder> runs, List<String> labels) {
        List<Trajectories> trajectories = runs.stream().map(Trajectories::of).toList();
        List<String> notices = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            String prefix = labels.get(i) + ": ";
            Progression.unfinished(runs.get(i)).forEach(line -> notices.add(prefix + line));
        }
        Integer last = lastCommonGeneration(trajectories);
        if (last == null) {
            notices.add("These runs have no finished generation in common: there is no table of differences.");
        }
        List<ComparisonView.Run> shown = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            shown.add(run(runs.get(i), labels.get(i), last, notices));
        }
        return new ComparisonView(
                new Page(runs.size() + " runs · Autophage comparison", new PageData(trajectories, labels).json()),
                shown,
                SampleGrids.description(runs),
                last == null ? "No generation is common to all runs yet." : Verdict.of(trajectories, labels, last),
                notices,
                Chart.of(trajectories, labels),
                IntervalBasis.of(trajectories),
                last == null ? null : Differences.of(trajectories, labels, last),
                Differences.ofSpecs(runs, labels));
    }

    private static ComparisonView.Run run(RunFolder run, String label, @Nullable Integer last, List<String> notices) {
        List<SampleGrids.Grid> ends = new ArrayList<>();
        long seed = run.seeds().isEmpty() ? 0 : run.seeds().firstKey();
        if (last != null) {
            int first = run.firstAndLastGeneration().get(0);
            for (int generation : new TreeSet<>(List.of(first, last))) {
                Path file = run.generationFolder(seed, generation).resolve("grid.png");
                if (Files.exists(file)) {
                    ends.add(SampleGrids.grid(file, generation));
                } else {
                    notices.add(label + ": seed " + seed + " has no grid.png for generation " + generation + ".");
                }
            }
        }
        return new ComparisonView.Run(label, Report.facts(run), seed, ends);
    }

    private static @Nullable Integer lastCommonGeneration(List<Trajectories> runs) {
        TreeSet<Integer> common = new TreeSet<>();
        for (int i = 0; i < runs.size(); i++) {
            TreeSet<Integer> finished = new TreeSet<>();
            RunFolder run = runs.get(i).run();
            List<Integer> ends = run.firstAndLastGeneration();
            run.records().stream()
                    .map(GenerationRecord::generation)
                    .filter(generation -> generation <= ends.get(ends.size() - 1))
                    .forEach(finished::add);
            if (i == 0) {
                common.addAll(finished);
            } else {
                common.retainAll(finished);
            }
        }
        return common.isEmpty() ? null : common.last();
    }
}
