package org.autophage.theory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.autophage.loop.DataMix;
import org.autophage.loop.Expectation;
import org.autophage.loop.KeptShares;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.theory.ExpectedMoments.Moments;

/**
 * What is known of a loop of Gaussians fitted to points from N(m, I), whose mean may move: {@code expected}, a map with the closed-form
 * expectations of metrics by their names, and {@code effectiveSamples}, the number of real points that alone give the
 * distance of this generation (MAD's n_e, arXiv 2307.01850, once the loop has converged), with its standard error where the distance has one.
 */
public final class GaussianExpectation implements Expectation {
    private final DataMix mix;
    private final KeptShares kept;
    private final int dimensions;
    private final double bias;
    private final boolean unbiased;
    /** Of each coordinate, or of one where they are alike. */
    private final List<List<Moments>> moments;

    private final RealDataDistance alone;

    /** Of a law that stays N(0, I) over so many generations. */
    public GaussianExpectation(
            DataMix mix, KeptShares kept, int generations, int dimensions, double bias, boolean unbiased) {
        this(mix, kept, still(generations, dimensions), bias, unbiased);
    }

    private static List<double[]> still(int generations, int dimensions) {
        return Collections.nCopies(generations, new double[dimensions]);
    }

    /**
     * @param mix what the training sets consist of
     * @param kept what is kept of them from generation 2 on, by chance
     * @param means m of the law, of d dimensions, one a generation of the loop
     * @param bias λ
     * @param unbiased whether fits divide squared deviations by n − 1, not n
     */
    public GaussianExpectation(DataMix mix, KeptShares kept, List<double[]> means, double bias, boolean unbiased) {
        this.mix = mix;
        this.kept = kept;
        this.dimensions = means.get(0).length;
        this.bias = bias;
        this.unbiased = unbiased;
        this.moments = moments(means);
        this.alone = new RealDataDistance(dimensions, unbiased);
    }

    private List<List<Moments>> moments(List<double[]> means) {
        double[] first = means.get(0);
        if (means.stream().allMatch(mean -> mean == first)) { // a law that stays: all coordinates are alike
            return List.of(momentsOf(new double[means.size()]));
        }
        Map<List<Double>, List<Moments>> known = new HashMap<>();
        List<List<Moments>> all = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            int coordinate = i;
            double[] ofOne =
                    means.stream().mapToDouble(mean -> mean[coordinate]).toArray();
            List<Double> key = DoubleStream.of(ofOne).boxed().toList();
            List<Moments> found = known.computeIfAbsent(key, moving -> momentsOf(ofOne));
            all.add(found);
        }
        return all;
    }

    /** Of one coordinate, by its means. */
    private List<Moments> momentsOf(double[] means) {
        return ExpectedMoments.of(mix, kept, bias, unbiased, means).orElse(List.of());
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
        if (generation <= moments.get(0).size()) {
            double squaredMeans = 0;
            double variances = 0;
            for (List<Moments> known : moments) {
                squaredMeans += known.get(generation - 1).squaredMean();
                variances += known.get(generation - 1).variance();
            }
            expected.expect(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, squaredMeans * (dimensions / moments.size()));
            expected.expect(Metrics.VARIANCE, variances / moments.size());
        }
        if (mix.replaces() && kept.isAll()) {
            expected.expect(
                    Metrics.LOG_VARIANCE,
                    LogVariance.ofReplacing(mix.initial(), mix.made(), bias, unbiased, generation));
        }
        return expected.build();
    }
}
