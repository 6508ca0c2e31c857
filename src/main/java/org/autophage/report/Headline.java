package org.autophage.report;

import java.util.ArrayList;
import java.util.List;

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
    /** The changes of the best known metrics between the first and the last generation. */
    static List<Headline> of(Trajectories run) {
        List<Headline> headlines = new ArrayList<>();
        List<Integer> ends = run.run().firstAndLastGeneration();
        if (ends.size() < 2) {
            return headlines;
        }
        for (String key : KnownMetrics.HEADLINES) {
            Estimate change = run.change(key, ends.get(0), ends.get(1));
            if (change.isPresent()) {
                Metric metric = Metric.of(key);
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
        boolean asRatio = metric.isDistance() && from.mean() > 0;
        String difference = metric.formatChange(change.withoutInterval(), to.mean());
        String certainty = !change.hasInterval()
                ? "one seed, no interval"
                : "change " + metric.formatChange(change, to.mean()) + (change.excludesZero() ? "" : ", inconclusive");
        return new Headline(
                metric.label(),
                asRatio ? Summary.ratio(from, to) : difference,
                metric.format(from.mean()) + " → " + metric.format(to.mean()),
                certainty,
                basis);
    }
}
