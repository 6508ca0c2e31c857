package org.autophage.verification;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.autophage.measure.Metric;
import org.autophage.run.GenerationRecord;

/**
 * The records of a loop's batches.
 *
 * @param batches the records of each batch, generation 1 first
 */
record Outcome(List<List<GenerationRecord>> batches) {
    /**
     * A mean and its standard error.
     *
     * @param mean over all replicas
     * @param error from the spread of batches, where there are several, or else of the replicas
     */
    record Estimate(double mean, double error) {
        /** The same in another unit. */
        Estimate times(double factor) {
            return new Estimate(mean * factor, error * factor);
        }
    }

    /**
     * A metric of a generation.
     *
     * @param metric that the records have
     * @param generation t, counted from 1
     */
    Estimate of(Metric metric, int generation) {
        double[] means = batches.stream()
                .mapToDouble(
                        records -> of(records.get(generation - 1).measures().value(metric), metric))
                .toArray();
        if (means.length == 1) {
            return new Estimate(
                    means[0], of(batches.get(0).get(generation - 1).measures().standardError(metric), metric));
        }
        double mean = 0;
        for (double each : means) {
            mean += each / means.length;
        }
        double squares = 0;
        for (double each : means) {
            squares += (each - mean) * (each - mean);
        }
        return new Estimate(mean, Math.sqrt(squares / (means.length - 1) / means.length));
    }

    /**
     * What a remedy told, the mean over batches.
     *
     * @param remedy its name in the records
     * @param name of the number
     * @param generation t, counted from 1
     */
    double told(String remedy, String name, int generation) {
        return batches.stream()
                .mapToDouble(records -> {
                    Object told = records.get(generation - 1).measures().toMap().get("remedies");
                    if (told instanceof Map<?, ?> all
                            && all.get(remedy) instanceof Map<?, ?> own
                            && own.get(name) instanceof Number number) {
                        return number.doubleValue();
                    }
                    throw new IllegalStateException("the records have no " + name + " of remedy " + remedy);
                })
                .average()
                .orElseThrow();
    }

    private static double of(OptionalDouble measured, Metric metric) {
        return measured.orElseThrow(() -> new IllegalStateException("the records have no " + metric.key()));
    }
}
