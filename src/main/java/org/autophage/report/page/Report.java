package org.autophage.report.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.autophage.base.AutophageException;
import org.autophage.base.Printable;
import org.autophage.collapse.Thresholds;
import org.autophage.measure.Basis;
import org.autophage.measure.Metrics;
import org.autophage.report.format.Prose;
import org.autophage.report.format.RecordTable;
import org.autophage.report.paper.CurveFigures;
import org.autophage.report.paper.LoopTable;
import org.autophage.report.paper.TableRequest;
import org.autophage.report.plot.Drawing;
import org.autophage.report.records.ClassifierBasis;
import org.autophage.report.records.FeatureExtractors;
import org.autophage.report.records.FlatTree;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.LoopVerdict;
import org.autophage.report.verdict.VerdictTable;
import org.autophage.run.GenerationRecord;
import tools.jackson.databind.JsonNode;

/** The report of one run: a single HTML file that opens without a network. */
public final class Report {
    private Report() {}

    /**
     * Writes the report of a run folder, finished or not. What is missing is named on the page; what is corrupt is an
     * error that names file and line.
     *
     * @param runFolder the folder with {@code experiment.yaml} and a {@code seed-N} a seed
     * @param out the HTML file; replaced as a whole
     */
    public static void write(Path runFolder, Path out) {
        RunReading run = RunReading.read(runFolder);
        FeatureExtractors.requireOne(List.of(run));
        Page.write("report.jte", view(run), out);
    }

    /**
     * The records of a run folder as a table for a paper.
     *
     * @throws AutophageException with USAGE where no generation is finished, or something is asked for that there is not
     */
    public static LoopTable table(Path runFolder, TableRequest request) {
        RunReading run = RunReading.read(runFolder);
        FeatureExtractors.requireOne(List.of(run));
        Trajectories loop = Trajectories.of(run);
        return LoopTable.ofRun(run.name(), loop, LoopVerdict.of(loop, run.name(), run.thresholds()), request);
    }

    /** Figures for a paper, by names for their files: a metric each, and the samples of the first seed. */
    public static Map<String, Drawing> figures(Path runFolder, TableRequest request) {
        RunReading run = RunReading.read(runFolder);
        FeatureExtractors.requireOne(List.of(run));
        Map<String, Drawing> figures =
                new LinkedHashMap<>(CurveFigures.of(List.of(Trajectories.of(run)), List.of(run.name()), request));
        SampleGrids.of(run, new ArrayList<>()).stream()
                .findFirst()
                .filter(grids -> !grids.arePages())
                .ifPresent(grids -> figures.put("grids", grids.drawing(SampleGrids.description(List.of(run)))));
        return figures;
    }

    private static ReportView view(RunReading run) {
        Trajectories trajectories = Trajectories.of(run);
        List<Trajectories> only = List.of(trajectories);
        List<String> label = List.of(run.name());
        List<String> notices = new ArrayList<>(ClassifierBasis.warnings(run.records()));
        notices.addAll(Progression.unfinished(run));
        List<SampleGrids> grids = SampleGrids.of(run, notices);
        TrainingSets trainingSets = TrainingSets.of(run, notices);
        PageData data = new PageData(only, label).withLosses(run);
        if (!data.hasLosses() && !run.records().isEmpty() && !run.isFitted()) {
            notices.add("No training.csv was found: there are no loss curves.");
        }
        return new ReportView(
                new Page(run.name() + " · Autophage report", data.json()),
                run.name(),
                facts(run),
                verdicts(trajectories, run),
                Summary.of(trajectories),
                notices,
                Headline.of(trajectories),
                EarlyWarnings.of(run),
                Attribution.of(run),
                Chart.of(only, label),
                ClassTable.of(trajectories),
                IntervalBasis.of(only),
                run.seeds().values().stream().filter(list -> !list.isEmpty()).count() < 2,
                SampleGrids.description(List.of(run)),
                grids,
                trainingSets,
                RemedyFigures.of(run),
                VarianceSplit.of(trajectories),
                LostTails.of(trajectories),
                data.hasLosses(),
                RecordTable.overSeeds(trajectories),
                RecordTable.perSeed(trajectories),
                run.specText(),
                FlatTree.ofSessions(run.provenance()));
    }

    /** By the thresholds that the run's own stop rule has. */
    private static VerdictTable verdicts(Trajectories trajectories, RunReading run) {
        Thresholds thresholds = run.thresholds();
        return VerdictTable.of(
                List.of(LoopVerdict.of(
                        trajectories, "Over " + Prose.counted(run.seeds().size(), "seed"), thresholds)),
                thresholds);
    }

    /** What was run, in a few words each. */
    public static List<String> facts(RunReading run) {
        Set<String> loops = new TreeSet<>();
        Set<Double> biases = new TreeSet<>();
        Set<String> features = new TreeSet<>();
        Set<Integer> generations = new TreeSet<>();
        Set<Long> samples = new TreeSet<>();
        for (GenerationRecord record : run.records()) {
            loops.add(record.loop());
            features.add(record.features());
            generations.add(record.generation());
            record.samples().ifPresent(samples::add);
            if (record.bias() != null) {
                biases.add(record.bias());
            }
        }
        loops.remove("");
        features.remove("");
        features.remove(Basis.POINTS);
        features.remove(Basis.TOKENS);
        List<String> facts = new ArrayList<>();
        loops.forEach(loop -> facts.add(loop + " loop"));
        biases.forEach(bias -> facts.add("λ = " + plain(bias)));
        remedies(run.spec().path("remedies")).ifPresent(facts::add);
        if (!generations.isEmpty()) {
            facts.add(Prose.counted(generations.size(), "generation"));
        }
        if (!run.seeds().isEmpty()) {
            facts.add((run.seeds().size() == 1 ? "seed " : "seeds ")
                    + Prose.ranges(run.seeds().keySet()));
        }
        run.records().stream()
                .mapToLong(GenerationRecord::replicas)
                .filter(replicas -> replicas > 1)
                .max()
                .ifPresent(replicas -> facts.add(Prose.counted(replicas, "replica")));
        String accuracy = ClassifierBasis.of(Metrics.FRECHET_DISTANCE, run.records())
                .map(text -> ", " + text)
                .orElse("");
        features.forEach(name -> facts.add("features " + name + accuracy));
        samples.forEach(count -> facts.add(Prose.count(count) + " samples measured"));
        return facts;
    }

    /** "remedies extrapolate (weight 0.5), sure (keep 0.5)"; of each its kind and its first setting. */
    private static Optional<String> remedies(JsonNode asked) {
        List<String> each = new ArrayList<>();
        for (JsonNode remedy : asked) {
            String setting = remedy.propertyStream()
                    .filter(key -> !key.getKey().equals("kind"))
                    .findFirst()
                    .map(key ->
                            " (%s %s)".formatted(key.getKey(), key.getValue().asString()))
                    .orElse("");
            each.add(Printable.of(remedy.path("kind").asString("") + setting));
        }
        return each.isEmpty()
                ? Optional.empty()
                : Optional.of((each.size() == 1 ? "remedy " : "remedies ") + String.join(", ", each));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }
}
