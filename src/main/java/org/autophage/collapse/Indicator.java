package org.autophage.collapse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A number of a generation's record in which a definition of collapse shows. */
public enum Indicator {
    FRECHET_DISTANCE("frechetDistance", "Fréchet distance", Definition.DISTANCE),
    /** Between the laws themselves, where both are Gaussian. */
    SQUARED_WASSERSTEIN("squaredWasserstein", "squared 2-Wasserstein distance", Definition.DISTANCE),
    RECALL("recall", "recall", Definition.DIVERSITY),
    COVERAGE("coverage", "coverage", Definition.DIVERSITY),
    /**
     * The mean logarithm of a Gaussian's variance. The variance itself keeps its expectation under an unbiased fit while it
     * vanishes almost surely; the logarithm shows that.
     */
    LOG_VARIANCE("logVariance", "log variance", Definition.DIVERSITY),
    MODES_LOST("modesLost", "modes lost", Definition.MODES);

    private final String key;
    private final String inSentence;
    private final Definition definition;

    Indicator(String key, String inSentence, Definition definition) {
        this.key = key;
        this.inSentence = inSentence;
        this.definition = definition;
    }

    /** Those that a run's records have, in order. */
    public static List<Indicator> in(Set<String> keys) {
        return Arrays.stream(values())
                .filter(indicator -> keys.contains(indicator.key))
                .toList();
    }

    /** The name in the records. */
    public String key() {
        return key;
    }

    /** The name inside a sentence. */
    public String inSentence() {
        return inSentence;
    }

    /** What it is an indicator of. */
    public Definition definition() {
        return definition;
    }

    /** 1 where more is worse, −1 where less is. */
    public int harm() {
        return definition == Definition.DIVERSITY ? -1 : 1;
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
    double in(Map<String, Double> measured) {
        return measured.getOrDefault(key, Double.NaN);
    }
}
