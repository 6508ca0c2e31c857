package org.autophage.report.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.autophage.measure.Composition;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.records.RunReading;
import org.autophage.run.GenerationRecord;
import org.autophage.statistics.CommonDirection;
import org.autophage.statistics.Holm;
import org.autophage.statistics.ShareDrift;
import tools.jackson.databind.JsonNode;

/**
 * Whether the shares of classes move farther than the chance of which samples are drawn moves them ({@link ShareDrift}), and whether
 * they do so in one direction. A class's share of one seed is compared with its first one's, over the deviation of the difference by
 * that chance at the mean of both; all tests of a loop are adjusted by Holm's method.
 *
 * @param verdicts one a class, in the order of the records; of every class, where nothing can be tested without a word
 * @param objection why nothing is tested; empty where it is
 */
public record ClassDrift(List<OfClass> verdicts, String objection) {
    private static final double ERROR_RATE = .05;

    /**
     * What became of a class's share.
     *
     * @param name of the class
     * @param deviations the seeds' mean times the root of their number; of one seed its own. NaN where nothing is tested
     * @param probability adjusted; NaN likewise
     * @param inWords the verdict; empty likewise
     */
    public record OfClass(String name, double deviations, double probability, String inWords) {}

    /** The classes whose shares records have. */
    public static List<String> classes(RunReading run) {
        Set<String> names = new TreeSet<>();
        List<String> ordered = new ArrayList<>();
        for (GenerationRecord record : run.records()) {
            for (String key : record.measures().numbers().keySet()) {
                Metrics.className(key)
                        .filter(name ->
                                Metrics.ofClass(Metrics.CLASS_SHARE, name).key().equals(key))
                        .filter(names::add)
                        .ifPresent(ordered::add);
            }
        }
        return ordered;
    }

    /** Of the generations that all seeds have. */
    public static ClassDrift of(RunReading run) {
        List<String> names = classes(run);
        List<Integer> ends = run.firstAndLastGeneration();
        if (names.isEmpty() || ends.size() < 2) {
            return new ClassDrift(untested(names), "There is one generation so far.");
        }
        String objection = objection(run);
        if (!objection.isEmpty()) {
            return new ClassDrift(untested(names), objection);
        }
        List<List<Double>> deviations = new ArrayList<>();
        names.forEach(name -> deviations.add(new ArrayList<>()));
        for (List<GenerationRecord> records : run.seeds().values()) {
            for (int c = 0; c < names.size() && !records.isEmpty(); c++) {
                deviation(records, names.get(c), ends.get(0), ends.get(1)).ifPresent(deviations.get(c)::add);
            }
        }
        return new ClassDrift(verdicts(names, deviations), "");
    }

    private static List<OfClass> untested(List<String> names) {
        return names.stream()
                .map(name -> new OfClass(name, Double.NaN, Double.NaN, ""))
                .toList();
    }

    /** Why drift has no closed form here; empty where it has. */
    private static String objection(RunReading run) {
        JsonNode loop = run.spec().path("loop");
        JsonNode mix = loop.path("mix");
        JsonNode memory = loop.has("memory") ? loop.path("memory") : mix.path("memory");
        Set<String> sets = new TreeSet<>();
        for (GenerationRecord record : run.records()) {
            if (record.measures().value(Metrics.LABEL_ACCURACY).isPresent()) {
                return "Models are told labels here: classes have the shares that they are asked for, and drift has none to move.";
            }
            if (record.samples().isEmpty()) {
                return "How many samples were measured is not recorded.";
            }
            if (record.generation() > 1) {
                sets.add(String.valueOf(record.trainingSet()));
            }
        }
        if (!memory.isNumber() || memory.asInt() != 1) {
            return "The loop learns from more than the last generation's samples, or does not say: drift has no closed form here.";
        }
        if (sets.size() != 1 || mix.hasNonNull("weightReal") || mix.hasNonNull("subsample")) {
            return "Training sets are not composed alike in all generations: drift has no closed form here.";
        }
        return "";
    }

    private static OptionalDouble deviation(List<GenerationRecord> records, String name, int first, int last) {
        GenerationRecord one = at(records, first);
        GenerationRecord other = at(records, last);
        Metric share = Metrics.ofClass(Metrics.CLASS_SHARE, name);
        Map<String, Double> before = one.measures().values();
        Map<String, Double> after = other.measures().values();
        Composition initial = one.trainingSet();
        Composition later = other.trainingSet();
        if (!before.containsKey(share.key())
                || !after.containsKey(share.key())
                || initial == null
                || later == null
                || later.synthetic() < 1) {
            return OptionalDouble.empty();
        }
        double from = before.get(share.key());
        double to = after.get(share.key());
        long measured = other.samples().orElseThrow();
        ShareDrift drift =
                new ShareDrift(later.fixedReal(), later.freshReal(), later.synthetic(), Math.max(1, initial.total()));
        double variance = drift.ofChange((from + to) / 2, measured, last - first) * measured / (measured - 1);
        return variance > 0 ? OptionalDouble.of((to - from) / Math.sqrt(variance)) : OptionalDouble.empty();
    }

    private static GenerationRecord at(List<GenerationRecord> records, int generation) {
        return records.stream()
                .filter(record -> record.generation() == generation)
                .findFirst()
                .orElseThrow();
    }

    private static List<OfClass> verdicts(List<String> names, List<List<Double>> deviations) {
        List<Double> probabilities = new ArrayList<>();
        for (List<Double> seeds : deviations) {
            CommonDirection direction = direction(seeds);
            probabilities.add(seeds.isEmpty() ? 1 : direction.ofDirection());
            if (seeds.size() > 1) {
                probabilities.add(direction.ofSpread());
            }
        }
        List<Double> adjusted = Holm.adjusted(probabilities);
        List<OfClass> verdicts = new ArrayList<>();
        int next = 0;
        for (int c = 0; c < names.size(); c++) {
            List<Double> seeds = deviations.get(c);
            CommonDirection direction = direction(seeds);
            double ofDirection = adjusted.get(next++);
            double ofSpread = seeds.size() > 1 ? adjusted.get(next++) : 1;
            verdicts.add(new OfClass(
                    names.get(c),
                    seeds.isEmpty() ? Double.NaN : direction.mean(),
                    seeds.isEmpty() ? Double.NaN : Math.min(ofDirection, ofSpread),
                    inWords(seeds.size(), direction.mean(), ofDirection, ofSpread)));
        }
        return verdicts;
    }

    private static CommonDirection direction(List<Double> seeds) {
        return CommonDirection.of(
                seeds.isEmpty()
                        ? new double[] {0}
                        : seeds.stream().mapToDouble(z -> z).toArray());
    }

    private static String inWords(int seeds, double mean, double ofDirection, double ofSpread) {
        if (seeds == 0) {
            return "no samples";
        }
        if (ofDirection <= ERROR_RATE) {
            return "beyond drift" + (seeds == 1 ? ", one seed" : mean > 0 ? ": amplified" : ": suppressed");
        }
        return ofSpread <= ERROR_RATE ? "beyond drift, in no one direction" : "within drift";
    }
}
