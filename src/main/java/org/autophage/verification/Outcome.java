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

    /** The mean of figures of batches, with its standard error. */
    static Estimate mean(double... figures) {
        double mean = 0;
        for (double each : figures) {
            mean += each / figures.length;
        }
        double squares = 0;
        for (double each : figures) {
            squares += (each - mean) * (each - mean);
        }
        return new Estimate(mean, Math.sqrt(squares / (figures.length - 1) / figures.length));
    }

    /**
     * What a remedy told of a generation, its mean over batches.
     *
     * @param generation t, counted from 1
     */
    Estimate told(String remedy, String figure, int generation) {
        return mean(batches.stream()
                .mapToDouble(records -> told(records.get(generation - 1), remedy, figure))
                .toArray());
    }

    private static double told(GenerationRecord record, String remedy, String figure) {
        if (record.measures().toMap().get("remedies") instanceof Map<?, ?> remedies
                && remedies.get(remedy) instanceof Map<?, ?> told
                && told.get(figure) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("the records have no %s of %s".formatted(figure, remedy));
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
        return mean(means);
    }

    private static double of(OptionalDouble measured, Metric metric) {
        return measured.orElseThrow(() -> new IllegalStateException("the records have no " + metric.key()));
    }
}
