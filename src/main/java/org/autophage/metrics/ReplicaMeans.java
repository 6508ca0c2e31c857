package org.autophage.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;

/** Collects values of replicas as their means, with the means' standard errors where there are several replicas. */
public final class ReplicaMeans {
    private final Measures.Builder means = Measures.builder();

    /**
     * Adds a metric.
     *
     * @param values one a replica
     */
    public void add(Metric metric, double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        if (values.length == 1) {
            means.add(metric, mean);
        } else {
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            means.add(metric, mean, Math.sqrt(squares / (values.length - 1) / values.length));
        }
    }

    /**
     * Adds what a metric found: of its numbers those that all replicas have. Of one replica alone with the sampling errors that
     * it found; those of several are in the means' standard errors.
     *
     * @param found one each a replica
     */
    public void add(List<Findings> found) {
        List<Map<String, Double>> values =
                found.stream().map(each -> each.measures().values()).toList();
        for (String key : values.get(0).keySet()) {
            if (values.stream().allMatch(each -> each.containsKey(key))) {
                add(
                        Metrics.of(key),
                        values.stream()
                                .mapToDouble(each -> Objects.requireNonNull(each.get(key)))
                                .toArray());
                if (found.size() == 1) {
                    found.get(0)
                            .measures()
                            .samplingError(Metrics.of(key))
                            .ifPresent(error -> means.addSamplingError(Metrics.of(key), error));
                }
            }
        }
    }

    /** The means, with their standard errors. */
    public Measures measures() {
        return means.build();
    }
}
