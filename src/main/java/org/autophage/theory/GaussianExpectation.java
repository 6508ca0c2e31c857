package org.autophage.theory;

import java.util.List;
import java.util.OptionalDouble;
import org.autophage.loop.Counts;
import org.autophage.loop.DataMix;
import org.autophage.loop.Expectation;
import org.autophage.loop.KeptShares;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.theory.ExpectedMoments.Moments;

/**
 * What is known of a loop of Gaussians fitted to points from N(0, I): {@code expected}, a map with the closed-form
 * expectations of metrics by their names, and {@code effectiveSamples}, the number of real points that alone give the
 * distance of this generation (MAD's n_e, arXiv 2307.01850, once the loop has converged), with its standard error where the distance has one.
 */
public final class GaussianExpectation implements Expectation {
    private final DataMix mix;
    private final KeptShares kept;
    private final int dimensions;
    private final double bias;
    private final boolean unbiased;
    private final List<Moments> moments;
    private final RealDataDistance alone;

    /**
     * @param mix what the training sets consist of
     * @param kept what is kept of them from generation 2 on, by chance
     * @param generations of the loop
     * @param dimensions d
     * @param bias λ
     * @param unbiased whether fits divide squared deviations by n − 1, not n
     */
    public GaussianExpectation(
            DataMix mix, KeptShares kept, int generations, int dimensions, double bias, boolean unbiased) {
        this.mix = mix;
        this.kept = kept;
        this.dimensions = dimensions;
        this.bias = bias;
        this.unbiased = unbiased;
        this.moments =
                ExpectedMoments.of(mix, kept, bias, unbiased, generations).orElse(List.of());
        this.alone = new RealDataDistance(dimensions, unbiased);
    }

    @Override
    public Measures of(int generation, Measures measured) {
        Measures.Builder told = Measures.builder().addAll(expected(generation));
        OptionalDouble distance = measured.value(Metrics.SQUARED_WASSERSTEIN);
        if (distance.isPresent()) {
            addEffectiveSamples(distance.getAsDouble(), measured.standardError(Metrics.SQUARED_WASSERSTEIN), told);
        }
        return told.build();
    }

    /** The effective samples, and where the distance has an error, theirs by the delta method. */
    private void addEffectiveSamples(double distance, OptionalDouble error, Measures.Builder told) {
        double points = alone.points(distance);
        if (!Double.isFinite(points)) {
            return;
        }
        OptionalDouble propagated = error.stream()
                .map(each -> alone.points(distance - each / 2) - alone.points(distance + each / 2))
                .filter(Double::isFinite)
                .findFirst();
        if (propagated.isPresent()) {
            told.add(Metrics.EFFECTIVE_SAMPLES, points, propagated.getAsDouble());
        } else {
            told.add(Metrics.EFFECTIVE_SAMPLES, points);
        }
    }

    private Measures expected(int generation) {
        Measures.Builder expected = Measures.builder();
        if (generation == 1) {
            expected.expect(Metrics.SQUARED_WASSERSTEIN, alone.of(mix.initial()));
        }
        if (generation <= moments.size()) {
            Moments known = moments.get(generation - 1);
            expected.expect(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, dimensions * known.squaredMean());
            expected.expect(Metrics.VARIANCE, known.variance());
        }
        if (replaces() && kept.isAll()) {
            expected.expect(
                    Metrics.LOG_VARIANCE,
                    LogVariance.ofReplacing(mix.initial(), mix.made(), bias, unbiased, generation));
        }
        return expected.build();
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
