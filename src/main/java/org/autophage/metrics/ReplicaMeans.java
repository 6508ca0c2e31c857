package org.autophage.metrics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;

/** Collects values of replicas as their means, with the means' standard errors where there are several replicas. */
final class ReplicaMeans {
    private final Measures.Builder means = Measures.builder();

    /**
     * Adds a metric.
     *
     * @param values one a replica
     */
    void add(Metric metric, double[] values) {
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
     * Adds one of the numbers that were found of each replica.
     *
     * @param found one a replica
     */
    <T> void add(Metric metric, T[] found, ToDoubleFunction<T> number) {
        add(metric, Arrays.stream(found).mapToDouble(number).toArray());
    }

    /** The means, with their standard errors. */
    Measures measures() {
        return means.build();
    }
}
