package org.autophage.measure;

/**
 * One number of a generation's record.
 *
 * @param value the number; a mean where the run has replicas
 * @param standardError of that mean; NaN where the record has none
 * @param replicas how many the mean is of, 1 where the run has none
 */
public record Measure(double value, double standardError, long replicas) {
    /** A number that says nothing of its own uncertainty. */
    public static Measure of(double value) {
        return new Measure(value, Double.NaN, 1);
    }

    /** Whether there is an interval in it already. */
    public boolean hasInterval() {
        return replicas > 1 && !Double.isNaN(standardError);
    }
}
