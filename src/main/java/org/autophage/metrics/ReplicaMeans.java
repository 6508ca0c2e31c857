package org.autophage.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects values of replicas as their means, with the means' standard errors where there are several replicas. */
final class ReplicaMeans {
    private final Map<String, Object> means = new LinkedHashMap<>();
    private final Map<String, Object> standardErrors = new LinkedHashMap<>();

    /**
     * Adds a metric.
     *
     * @param values one a replica
     */
    void add(String name, double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        means.put(name, mean);
        if (values.length > 1) {
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            standardErrors.put(name, Math.sqrt(squares / (values.length - 1) / values.length));
        }
    }

    /**
     * Adds one of the numbers that were found of each replica.
     *
     * @param found one a replica
     */
    <T> void add(String name, T[] found, ToDoubleFunction<T> number) {
        add(name, Arrays.stream(found).mapToDouble(number).toArray());
    }

    /** The means by name, and under {@code standardError} their standard errors by the same names. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(means);
        if (!standardErrors.isEmpty()) {
            values.put("standardError", standardErrors);
        }
        return values;
    }
}
