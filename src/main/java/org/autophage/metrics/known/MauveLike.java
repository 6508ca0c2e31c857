package org.autophage.metrics.known;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.distance.DivergenceFrontier;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.features.PrincipalComponents;
import org.autophage.statistics.KMeans;

/**
 * MAUVE on whatever features a run has (Pillutla et al., arXiv 2102.01454; JMLR 2023), hence MAUVE-like: real and generated samples in equal
 * number, together along the principal components that have nine tenths of their variance, are cut into cells by k-means; see
 * {@link DivergenceFrontier} for what is made of both histograms. Not smoothed, as in the first paper.
 */
final class MauveLike implements SampleMetric {
    private static final double VARIANCE = 0.9;
    private static final long SEED = 2102_01454;
    private static final int FEWEST = 2;

    @Override
    public String name() {
        return Metrics.MAUVE.key();
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.MAUVE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        int count = Math.min(pair.real().count(), pair.fake().count());
        if (count < FEWEST) {
            return Findings.builder()
                    .note("no MAUVE-like score: there are fewer than %d samples".formatted(FEWEST))
                    .build();
        }
        Features both = EqualNumbers.of(pair.real().features(), count)
                .followedBy(EqualNumbers.of(pair.fake().features(), count));
        Instruments instruments = pair.instruments();
        FeatureStatistics statistics = instruments.frechet().statistics(both);
        PrincipalComponents.Directions directions = instruments
                .of(PrincipalComponents.class, PrincipalComponents::new)
                .of(statistics.covariance(), both.width(), both.width());
        int dimensions = directions.having(VARIANCE);
        if (dimensions == 0) {
            return Findings.builder()
                    .note("no MAUVE-like score: all samples are alike")
                    .build();
        }
        double[] points = directions.coordinates(both, statistics.mean(), dimensions);
        int cells = (int) Math.round(Math.sqrt(2.0 * count));
        double[] centres = KMeans.centres(points, dimensions, cells, new SplittableRandom(SEED));
        double area = DivergenceFrontier.area(
                histogram(points, centres, dimensions, 0, count), histogram(points, centres, dimensions, count, count));
        return Findings.builder()
                .add(Finding.of(
                        Metrics.MAUVE,
                        area,
                        String.format(
                                Locale.ROOT,
                                "%d of either kind, %d cells in %d components, c = 5",
                                count,
                                cells,
                                dimensions)))
                .build();
    }

    /** The share of some points in each cell. */
    private static double[] histogram(double[] points, double[] centres, int dimensions, int from, int count) {
        double[] shares = new double[centres.length / dimensions];
        for (int i = from; i < from + count; i++) {
            shares[KMeans.nearest(centres, points, i * dimensions, dimensions)] += 1.0 / count;
        }
        return shares;
    }
}
