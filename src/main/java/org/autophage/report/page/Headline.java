package org.autophage.report.page;

import java.util.ArrayList;
import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.MetricFormat;
import org.autophage.report.records.ClassifierBasis;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.Trajectories;

/**
 * A figure at the head of a page.
 *
 * @param label the metric
 * @param figure the change, large
 * @param values from what to what
 * @param certainty the interval of the change, or that there is none
 * @param basis how good the classifier is that it rests on; empty where there is none
 */
public record Headline(String label, String figure, String values, String certainty, String basis) {
    /** The most telling first. */
    private static final List<Metric> HEADLINES = List.of(
            Metrics.FRECHET_DISTANCE,
            Metrics.RECALL,
            Metrics.PRECISION,
            Metrics.LABEL_ACCURACY,
            Metrics.SQUARED_WASSERSTEIN,
            Metrics.EFFECTIVE_SAMPLES,
            Metrics.VARIANCE,
            Metrics.LOG_LIKELIHOOD,
            Metrics.MODES_LOST);

    /** The changes of the best known metrics between the first and the last generation. */
    static List<Headline> of(Trajectories run) {
        List<Headline> headlines = new ArrayList<>();
        List<Integer> ends = run.run().firstAndLastGeneration();
        if (ends.size() < 2) {
            return headlines;
        }
        for (Metric metric : HEADLINES) {
            String key = metric.key();
            Estimate change = run.change(key, ends.get(0), ends.get(1));
            if (change.isPresent()) {
                String basis = ClassifierBasis.of(metric, run.run().records())
                        .map(text -> "classifier " + text)
                        .orElse("");
                headlines.add(
                        of(metric, run.estimate(key, ends.get(0)), run.estimate(key, ends.get(1)), change, basis));
            }
        }
        return headlines;
    }

    private static Headline of(Metric metric, Estimate from, Estimate to, Estimate change, String basis) {
        boolean asRatio = MetricFormat.isDistance(metric) && from.mean() > 0;
        String difference = MetricFormat.change(metric, change.withoutInterval(), to.mean());
        String certainty = !change.hasInterval()
                ? "one seed, no interval"
                : "change " + MetricFormat.change(metric, change, to.mean())
                        + (change.excludesZero() ? "" : ", inconclusive");
        return new Headline(
                metric.label(),
                asRatio ? Summary.ratio(from, to) : difference,
                MetricFormat.of(metric, from.mean()) + " → " + MetricFormat.of(metric, to.mean()),
                certainty,
                basis);
    }
}
