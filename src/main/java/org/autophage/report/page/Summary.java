package org.autophage.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.format.Prose;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.Verdict;

/**
 * What changed and by how much, in a sentence; not why, and not whether it is a collapse, which {@link Verdict} says. A
 * change whose interval holds zero is called inconclusive.
 */
public final class Summary {
    private static final List<Metric> HEADLINES = List.of(
            Metrics.FRECHET_DISTANCE,
            Metrics.PRECISION,
            Metrics.RECALL,
            Metrics.SQUARED_WASSERSTEIN,
            Metrics.VARIANCE,
            Metrics.MODES_LOST);

    private Summary() {}

    /** What one run did from its first to its last generation. */
    public static String of(Trajectories run) {
        List<Integer> ends = run.run().firstAndLastGeneration();
        if (ends.isEmpty()) {
            return "No generation has finished yet.";
        }
        if (ends.size() == 1) {
            return "One generation so far: " + standing(run, ends.get(0)) + ".";
        }
        int first = ends.get(0);
        int last = ends.get(1);
        List<String> clauses = new ArrayList<>();
        for (Metric metric : run.metrics()) {
            Estimate change = run.change(metric.key(), first, last);
            if (HEADLINES.contains(metric) && change.isPresent()) {
                clauses.add(
                        clause(metric, run.estimate(metric.key(), first), run.estimate(metric.key(), last), change));
            }
        }
        int seeds = run.at(run.metrics().isEmpty() ? "" : run.metrics().get(0).key(), last)
                .size();
        String sentence =
                "From generation " + first + " to generation " + last + ", " + unbroken(String.join("; ", clauses));
        String replicas = run.replicas() > 1 ? Prose.counted(run.replicas(), "replica") : "";
        String basis = seeds == 1
                ? (replicas.isEmpty() ? "one seed, so no intervals" : "one seed of " + replicas)
                : seeds + " seeds" + (replicas.isEmpty() ? "" : " of " + replicas);
        return sentence + " (" + basis + ").";
    }

    /** How several runs stand to each other in the last generation that all of them have. */
    public static String of(List<Trajectories> runs, List<String> labels, int generation) {
        List<String> clauses = new ArrayList<>();
        for (Metric metric : List.of(Metrics.FRECHET_DISTANCE, Metrics.RECALL, Metrics.SQUARED_WASSERSTEIN)) {
            String key = metric.key();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                if (runs.get(i).estimate(key, generation).isPresent()) {
                    order.add(i);
                }
            }
            if (order.size() < 2) {
                continue;
            }
            order.sort(Comparator.comparingDouble(
                    i -> runs.get(i).estimate(key, generation).mean()));
            int lowest = order.get(0);
            int highest = order.get(order.size() - 1);
            clauses.add(metric.inSentence() + " is lowest for " + labels.get(lowest) + " ("
                    + MetricFormat.of(metric, runs.get(lowest).estimate(key, generation)) + ") and highest for "
                    + labels.get(highest) + " ("
                    + MetricFormat.of(metric, runs.get(highest).estimate(key, generation)) + ")");
        }
        return clauses.isEmpty()
                ? "Generation " + generation + " is the last that all of these runs have."
                : "In generation " + generation + ", " + unbroken(String.join("; ", clauses)) + ".";
    }

    /** Keeps a mean and its interval on one line. */
    private static String unbroken(String sentence) {
        return sentence.replace(" ± ", "\u00a0±\u00a0");
    }

    private static String standing(Trajectories run, int generation) {
        List<String> parts = new ArrayList<>();
        for (Metric metric : run.metrics()) {
            Estimate estimate = run.estimate(metric.key(), generation);
            if (HEADLINES.contains(metric) && estimate.isPresent()) {
                parts.add(metric.inSentence() + " " + MetricFormat.of(metric, estimate));
            }
        }
        return String.join(", ", parts);
    }

    private static String clause(Metric metric, Estimate from, Estimate to, Estimate change) {
        String values = MetricFormat.of(metric, from.mean()) + " to " + MetricFormat.of(metric, to.mean());
        if (change.hasInterval() && !change.excludesZero()) {
            return metric.inSentence() + " changed inconclusively, from " + values + " ("
                    + MetricFormat.change(metric, change, to.mean()) + ")";
        }
        String verb = change.mean() > 0 ? "rose" : change.mean() < 0 ? "fell" : "stayed";
        return MetricFormat.isDistance(metric) && from.mean() > 0
                ? metric.inSentence() + " " + verb + " " + ratio(from, to) + ", from " + values
                : metric.inSentence() + " " + verb + " from " + values;
    }

    /** How many times the first mean the last mean is. */
    static String ratio(Estimate from, Estimate to) {
        double ratio = to.mean() / from.mean();
        return String.format(Locale.ROOT, ratio >= 10 ? "%.0f×" : ratio >= 1 ? "%.1f×" : "%.2f×", ratio);
    }
}
