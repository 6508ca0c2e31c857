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
    LOG_VARIANCE(Metrics.LOG_VARIANCE, Definition.VARIANCE),
    MODES_LOST(Metrics.MODES_LOST, Definition.MODES),
    CLASSES_LOST(Metrics.CLASSES_LOST, Definition.MODES),
    FEATURE_VARIANCE(Metrics.FEATURE_VARIANCE, Definition.VARIANCE),
    TAIL_COVERAGE(Metrics.TAIL_COVERAGE, Definition.TAILS),
    /** The exponential of an entropy, that of the eigenvalues of the samples' similarities. */
    VENDI_SCORE(Metrics.VENDI_SCORE, Definition.ENTROPY),
    /** Likewise of the features' covariance. */
    EFFECTIVE_RANK(Metrics.EFFECTIVE_RANK, Definition.ENTROPY),
    HALLUCINATED_SHARE(Metrics.HALLUCINATED_SHARE, Definition.HALLUCINATION),
    /** The rate of the divergence of the learnt law of sequences from the real one. */
    ENTROPY_GAP(Metrics.ENTROPY_GAP, Definition.DISTANCE),
    /** Of sequences whose law is not known, where there is nothing to take the real law's own from. */
    PERPLEXITY(Metrics.PERPLEXITY, Definition.DISTANCE) {
        @Override
        boolean isAmong(Set<String> keys) {
            return super.isAmong(keys) && !ENTROPY_GAP.isAmong(keys);
        }
    },
    /** Tokens that a table still gives. */
    DISTINCT_TOKENS(Metrics.DISTINCT_TOKENS, Definition.DIVERSITY),
    /** An entropy itself, whose exponential is a number of different tokens. */
    TOKEN_ENTROPY(Metrics.TOKEN_ENTROPY, Definition.ENTROPY),
    /** The rarest real tokens that some sample has. */
    TAIL_TYPE_COVERAGE(Metrics.TAIL_TYPE_COVERAGE, Definition.TAILS),
    /** What the real law never gives is what it falls short of one by. */
    POSSIBLE_SHARE(Metrics.POSSIBLE_SHARE, Definition.HALLUCINATION);

    /** The change from the first generation to the last, as a share of the first value, that is too small to matter. */
    private static final double LEVEL_SHARE = 0.1;

    private final Metric metric;
    private final Definition definition;

    Indicator(Metric metric, Definition definition) {
        this.metric = metric;
        this.definition = definition;
    }

    /** Those that a run's records have, in order. */
    public static List<Indicator> in(Set<String> keys) {
        return Arrays.stream(values())
                .filter(indicator -> indicator.isAmong(keys))
                .toList();
    }

    /** Whether it is read off records with these numbers. */
    boolean isAmong(Set<String> keys) {
        return keys.contains(key());
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
        double threshold = thresholds.of(definition);
        return switch (definition) {
            case DISTANCE, DIVERSITY, TAILS, VARIANCE, ENTROPY ->
                isLogarithm() ? new Line(1, Math.log(threshold)) : new Line(threshold, 0);
            case MODES, HALLUCINATION -> new Line(1, harm() * threshold);
        };
    }

    /** The change from the first generation to the last that is too small to matter, of a first value. */
    public double levelMargin(double first) {
        return switch (definition) {
            case DISTANCE, DIVERSITY, TAILS, VARIANCE, ENTROPY ->
                isLogarithm() ? LEVEL_SHARE : LEVEL_SHARE * Math.abs(first);
            case MODES -> 0.5;
            case HALLUCINATION -> 0.05;
        };
    }

    /** Of what a share of generation 1's is lost of: the logarithm, which then loses as much whatever it was. */
    private boolean isLogarithm() {
        return this == LOG_VARIANCE || this == TOKEN_ENTROPY;
    }

    /** Whether a value is past the threshold that generation 1's sets; never where an estimate of a distance is none there. */
    public boolean isPast(double value, double first, Thresholds thresholds) {
        boolean noDistance = definition == Definition.DISTANCE && first <= 0;
        return !noDistance && harm() * (value - threshold(thresholds).at(first)) >= 0;
    }

    /** The value of a generation's measurements; NaN where there is none. */
    double in(Measures measured) {
        return measured.value(metric).orElse(Double.NaN);
    }
}
