package org.autophage.collapse;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;

/** A number of a generation's record in which a definition of collapse shows. */
public enum Indicator {
    FRECHET_DISTANCE(Metrics.FRECHET_DISTANCE, Definition.DISTANCE),
    /** Between the laws themselves, where both are Gaussian. */
    SQUARED_WASSERSTEIN(Metrics.SQUARED_WASSERSTEIN, Definition.DISTANCE),
    RECALL(Metrics.RECALL, Definition.DIVERSITY),
    COVERAGE(Metrics.COVERAGE, Definition.DIVERSITY),
    /**
     * The mean logarithm of a Gaussian's variance. The variance itself keeps its expectation under an unbiased fit while it
     * vanishes almost surely; the logarithm shows that.
     */
    LOG_VARIANCE(Metrics.LOG_VARIANCE, Definition.DIVERSITY),
    MODES_LOST(Metrics.MODES_LOST, Definition.MODES);

    private final Metric metric;
    private final Definition definition;

    Indicator(Metric metric, Definition definition) {
        this.metric = metric;
        this.definition = definition;
    }

    /** Those that a run's records have, in order. */
    public static List<Indicator> in(Set<String> keys) {
        return Arrays.stream(values())
                .filter(indicator -> keys.contains(indicator.key()))
                .toList();
    }

    /** The number. */
    public Metric metric() {
        return metric;
    }

    /** Its name in the records. */
    public String key() {
        return metric.key();
    }

    /** Its name inside a sentence. */
    public String inSentence() {
        return metric.inSentence();
    }

    /** What it is an indicator of. */
    public Definition definition() {
        return definition;
    }

    /** 1 where more is worse, −1 where less is. */
    public int harm() {
        return metric.better() == Metric.Better.HIGHER ? -1 : 1;
    }

    /**
     * A straight line through generation 1's value: {@code factor · first + offset}. That it is straight lets intervals of
     * the excess be those of a weighted difference.
     */
    public record Line(double factor, double offset) {
        public double at(double first) {
            return factor * first + offset;
        }
    }

    /** Where collapse begins. */
    public Line threshold(Thresholds thresholds) {
        return switch (this) {
            case FRECHET_DISTANCE, SQUARED_WASSERSTEIN -> new Line(thresholds.distance(), 0);
            case RECALL, COVERAGE -> new Line(thresholds.diversity(), 0);
            case LOG_VARIANCE -> new Line(1, Math.log(thresholds.diversity()));
            case MODES_LOST -> new Line(1, thresholds.modes());
        };
    }

    /** Whether a value is past the threshold that generation 1's sets. */
    public boolean isPast(double value, double first, Thresholds thresholds) {
        return harm() * (value - threshold(thresholds).at(first)) >= 0;
    }

    /** The value of a generation's measurements; NaN where there is none. */
    double in(Measures measured) {
        return measured.value(metric).orElse(Double.NaN);
    }
}
