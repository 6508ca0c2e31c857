package org.autophage.metrics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.autophage.measure.Metric;

/**
 * A number that a metric found, and what people want to know beside it.
 *
 * @param metric which number it is
 * @param value the number; a whole one where samples were counted
 * @param perSample one value a sample, whose mean it is; empty where it is no such mean
 * @param deviation how far it varies; empty where that is not known
 * @param samplingError its standard deviation when the same model is sampled again; empty where that is not known
 * @param heldOut whether it rests on the held-out samples too
 * @param convention which of the definitions in use it follows
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
public record Finding(
        Metric metric,
        Number value,
        double[] perSample,
        Optional<Deviation> deviation,
        OptionalDouble samplingError,
        boolean heldOut,
        String convention)
        implements Findings.Entry {
    /**
     * How far a number varies, a number of its own.
     *
     * @param metric which number it is
     * @param value the number
     */
    public record Deviation(Metric metric, double value) {}

    /** A number. */
    public static Finding of(Metric metric, Number value, String convention) {
        return new Finding(metric, value, new double[0], Optional.empty(), OptionalDouble.empty(), false, convention);
    }

    /** The mean of one value a sample. */
    public static Finding mean(Metric metric, double value, double[] perSample, String convention) {
        return new Finding(metric, value, perSample, Optional.empty(), OptionalDouble.empty(), false, convention);
    }

    /** The same with its deviation. */
    public Finding varyingBy(Metric deviated, double by) {
        return new Finding(
                metric, value, perSample, Optional.of(new Deviation(deviated, by)), samplingError, heldOut, convention);
    }

    /** The same with its standard deviation when the same model is sampled again. */
    public Finding withSamplingError(double error) {
        return new Finding(metric, value, perSample, deviation, OptionalDouble.of(error), heldOut, convention);
    }

    /** The same, resting on the held-out samples too. */
    public Finding fromHeldOut() {
        return new Finding(metric, value, perSample, deviation, samplingError, true, convention);
    }
}
