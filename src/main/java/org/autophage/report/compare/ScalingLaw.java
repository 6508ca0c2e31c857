package org.autophage.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.measure.Composition;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.format.RecordTable;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.FlatTree;
import org.autophage.report.records.IntervalMethod;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.Verdict;
import org.autophage.run.GenerationRecord;
import org.autophage.run.Identity;
import org.autophage.statistics.Slope;

/**
 * Whether more data help a loop's generations as they help its first: the change of the scaling law, one of the definitions of
 * collapse of arXiv 2503.03150 (and of arXiv 2402.07043). Of loops that differ in nothing but their sizes, seed by seed the slope of
 * least squares of the logarithm of the distance over that of the size of the training set; then mean and interval over the seeds.
 *
 * @param loop what the loops have in common, as far as others differ in it
 * @param sizes of generation 1's training sets, ascending
 * @param metric the distance
 * @param generation the last one that all have
 * @param first exponent in generation 1
 * @param last exponent in the last generation
 * @param change of the exponent, the last less the first, paired by seed: above zero where more data help less
 */
record ScalingLaw(
        String loop,
        List<Integer> sizes,
        Metric metric,
        int generation,
        Estimate first,
        Estimate last,
        Estimate change) {
    /** Fewer sizes make no law. */
    private static final int FEWEST = 3;

    /** Share of generation 1's exponent that is left where a law has collapsed. */
    private static final double THRESHOLD = 0.5;

    /** A change of the exponent that is too small to matter, as a share of generation 1's. */
    private static final double MARGIN = 0.1;

    /** Of exponents. */
    private static final int DECIMALS = 2;

    private static final Set<String> SIZES = Set.of("loop.initial", "loop.synthetic", "loop.real");

    /** Those of a comparison's arms that differ in three sizes or more, group by group. */
    static List<ScalingLaw> of(
            List<Arm> arms, List<Trajectories> trajectories, int generation, IntervalMethod intervals) {
        Map<Map<String, String>, List<Trajectories>> alike = new LinkedHashMap<>();
        for (int i = 0; i < arms.size(); i++) {
            alike.computeIfAbsent(withoutSizes(arms.get(i)), key -> new ArrayList<>())
                    .add(trajectories.get(i));
        }
        List<ScalingLaw> laws = new ArrayList<>();
        alike.forEach((settings, group) -> Metrics.DISTANCES.stream()
                .filter(metric -> group.stream().allMatch(arm -> arm.metrics().contains(metric)))
                .findFirst()
                .flatMap(metric -> of(label(settings, alike.keySet()), group, metric, generation, intervals))
                .ifPresent(laws::add));
        return laws;
    }

    private static Map<String, String> withoutSizes(Arm arm) {
        Map<String, String> settings = FlatTree.of(arm.members().get(0).spec());
        settings.keySet().removeIf(key -> Identity.isOpen(key) || SIZES.contains(key));
        return settings;
    }

    /** The settings in which groups differ: "loop.kind=fresh-data, sampling.bias=0.8". */
    private static String label(Map<String, String> settings, Set<Map<String, String>> groups) {
        String label = settings.entrySet().stream()
                .filter(setting ->
                        groups.stream().anyMatch(other -> !setting.getValue().equals(other.get(setting.getKey()))))
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(", "));
        return label.isEmpty() ? "all loops" : label;
    }

    private static Optional<ScalingLaw> of(
            String loop, List<Trajectories> group, Metric metric, int generation, IntervalMethod intervals) {
        int begin = group.get(0).run().firstAndLastGeneration().get(0);
        TreeSet<Integer> sizes = new TreeSet<>();
        group.forEach(arm -> sizes.add(size(arm, begin)));
        if (sizes.size() < FEWEST || generation <= begin) {
            return Optional.empty();
        }
        SortedMap<Long, Measure> first = exponents(group, metric, begin);
        SortedMap<Long, Measure> last = exponents(group, metric, generation);
        return Optional.of(new ScalingLaw(
                loop,
                List.copyOf(sizes),
                metric,
                generation,
                Estimate.ofMeasurements(first.values(), intervals),
                Estimate.ofMeasurements(last.values(), intervals),
                Estimate.ofPairedChange(first, last, intervals)));
    }

    /** Samples that a generation was trained on; 0 where its records do not say. */
    private static int size(Trajectories arm, int generation) {
        return arm.run().records().stream()
                .filter(record -> record.generation() == generation)
                .map(GenerationRecord::trainingSet)
                .filter(set -> set != null)
                .findFirst()
                .map(Composition::total)
                .orElse(0);
    }

    /** Of the seeds that all arms have, where every distance is above zero. Over replicas errors add up at most. */
    private static SortedMap<Long, Measure> exponents(List<Trajectories> group, Metric metric, int generation) {
        double[] weights = Slope.weights(group.stream()
                .mapToDouble(arm -> Math.log(size(arm, generation)))
                .toArray());
        SortedMap<Long, Measure> exponents = new TreeMap<>();
        for (long seed : group.get(0).at(metric.key(), generation).keySet()) {
            List<Measure> values = group.stream()
                    .map(arm -> arm.at(metric.key(), generation).get(seed))
                    .filter(value -> value != null && value.value() > 0)
                    .toList();
            if (values.size() == group.size()) {
                double slope = 0;
                double error = 0;
                for (int i = 0; i < weights.length; i++) {
                    slope += weights[i] * Math.log(values.get(i).value());
                    error += Math.abs(weights[i])
                            * values.get(i).standardError()
                            / values.get(i).value();
                }
                long replicas =
                        values.stream().mapToLong(Measure::replicas).min().orElse(1);
                exponents.put(seed, new Measure(slope, error, replicas));
            }
        }
        return exponents;
    }

    /** The word, by the same rules as other definitions have. */
    Verdict.Outcome outcome() {
        if (!change.hasInterval()
                || !(first.high() < 0)) { // more data do not help generation 1 either, or nobody knows
            return Verdict.Outcome.INCONCLUSIVE;
        }
        double margin = MARGIN * Math.abs(first.mean());
        if (!change.excludesZero()) {
            return change.low() > -margin && change.high() < margin
                    ? Verdict.Outcome.LEVEL
                    : Verdict.Outcome.INCONCLUSIVE;
        }
        if (change.mean() < 0) {
            return Verdict.Outcome.IMPROVING;
        }
        return last.mean() >= THRESHOLD * first.mean() ? Verdict.Outcome.COLLAPSED : Verdict.Outcome.WORSENING;
    }

    /** A row a law, under a header; without rows where there is none. */
    static RecordTable table(List<ScalingLaw> laws) {
        List<List<String>> rows = new ArrayList<>();
        for (ScalingLaw law : laws) {
            rows.add(List.of(
                    law.loop,
                    law.sizes.stream().map(size -> Prose.count(size)).collect(Collectors.joining(", ")),
                    law.metric.inSentence(),
                    power(law.first),
                    power(law.last),
                    power(law.change),
                    law.outcome().word()));
        }
        int generation = laws.isEmpty() ? 0 : laws.get(0).generation;
        return new RecordTable(
                List.of(
                        "loop",
                        "sizes",
                        "distance",
                        "exponent, generation 1",
                        "exponent, generation " + generation,
                        "change",
                        "scaling with data"),
                rows);
    }

    private static String power(Estimate exponent) {
        return MetricFormat.change(exponent, DECIMALS);
    }
}
