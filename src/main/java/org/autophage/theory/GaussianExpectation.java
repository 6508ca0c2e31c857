package org.autophage.theory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.loop.Counts;
import org.autophage.loop.DataMix;
import org.autophage.loop.Expectation;
import org.autophage.theory.ExpectedMoments.Moments;

/**
 * What is known of a loop of Gaussians fitted to points from N(0, I): {@code expected}, a map with the closed-form
 * expectations of metrics by their names, and {@code effectiveSamples}, the number of real points that alone give the
 * distance of this generation (MAD's n_e, arXiv 2307.01850, once the loop has converged), with its standard error where the distance has one.
 */
public final class GaussianExpectation implements Expectation {
    private static final String DISTANCE = "squaredWasserstein";
    private static final String EFFECTIVE_SAMPLES = "effectiveSamples";
    private static final String ERRORS = "standardError";

    private final DataMix mix;
    private final int dimensions;
    private final double bias;
    private final boolean unbiased;
    private final List<Moments> moments;
    private final RealDataDistance alone;

    /**
     * @param mix what the training sets consist of
     * @param generations of the loop
     * @param dimensions d
     * @param bias λ
     * @param unbiased whether fits divide squared deviations by n − 1, not n
     */
    public GaussianExpectation(DataMix mix, int generations, int dimensions, double bias, boolean unbiased) {
        this.mix = mix;
        this.dimensions = dimensions;
        this.bias = bias;
        this.unbiased = unbiased;
        this.moments = ExpectedMoments.of(mix, bias, unbiased, generations).orElse(List.of());
        this.alone = new RealDataDistance(dimensions, unbiased);
    }

    @Override
    public Map<String, Object> of(int generation, Map<String, Object> measured) {
        Map<String, Object> entries = new LinkedHashMap<>();
        Map<String, Object> expected = expected(generation);
        if (!expected.isEmpty()) {
            entries.put("expected", expected);
        }
        if (measured.get(DISTANCE) instanceof Number distance) {
            double points = alone.points(distance.doubleValue());
            if (Double.isFinite(points)) {
                entries.put(EFFECTIVE_SAMPLES, points);
                if (measured.get(ERRORS) instanceof Map<?, ?> errors && errors.get(DISTANCE) instanceof Number error) {
                    entries.put(ERRORS, withEffectiveSamples(errors, distance.doubleValue(), error.doubleValue()));
                }
            }
        }
        return entries;
    }

    /** The metrics' standard errors, and that of the effective samples by the delta method. */
    private Map<String, Object> withEffectiveSamples(Map<?, ?> errors, double distance, double error) {
        Map<String, Object> more = new LinkedHashMap<>();
        errors.forEach((name, value) -> more.put(String.valueOf(name), value));
        double halfStep = error / 2;
        double propagated = alone.points(distance - halfStep) - alone.points(distance + halfStep);
        if (Double.isFinite(propagated)) {
            more.put(EFFECTIVE_SAMPLES, propagated);
        }
        return more;
    }

    private Map<String, Object> expected(int generation) {
        Map<String, Object> expected = new LinkedHashMap<>();
        if (generation == 1) {
            expected.put(DISTANCE, alone.of(mix.initial()));
        }
        if (generation <= moments.size()) {
            Moments known = moments.get(generation - 1);
            expected.put("squaredWassersteinOfMeans", dimensions * known.squaredMean());
            expected.put("variance", known.variance());
        }
        if (replaces()) {
            expected.put("logVariance", LogVariance.ofReplacing(mix.initial(), mix.made(), bias, unbiased, generation));
        }
        return expected;
    }

    /** Whether every generation is fitted to all samples of the one before, and to nothing else. */
    private boolean replaces() {
        return mix.fixedReal().equals(Counts.NONE)
                && mix.freshReal().equals(Counts.NONE)
                && (mix.synthetic().isAll() || mix.synthetic().equals(Counts.of(mix.made())))
                && mix.memory().generations() == 1
                && mix.subsample() == null;
    }
}
