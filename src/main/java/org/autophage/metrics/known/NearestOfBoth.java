package org.autophage.metrics.known;

import java.util.List;
import java.util.stream.IntStream;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.NearestNeighbours;
import org.autophage.metrics.neighbours.NeighbourSearch;

/**
 * The 1-nearest-neighbour two-sample test (Lopez-Paz and Oquab, arXiv 1610.06545; Xu et al., arXiv 1806.07755): how often the nearest
 * of all other samples, real and generated ones in equal number, is of one's own kind. One half where the two laws are equal, 1 where
 * they are apart, below one half where samples are copies.
 */
final class NearestOfBoth implements SampleMetric {
    @Override
    public String name() {
        return "nearestNeighbourTest";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.NEAREST_NEIGHBOUR_ACCURACY);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        int count = Math.min(pair.real().count(), pair.fake().count());
        if (count < 2) {
            return Findings.NONE;
        }
        NeighbourSearch search = pair.instruments().search();
        Features real = EqualNumbers.of(pair.real().features(), count);
        Features fake = EqualNumbers.of(pair.fake().features(), count);
        long own = ownKind(search, real, fake) + ownKind(search, fake, real);
        return Findings.builder()
                .add(Finding.of(
                        Metrics.NEAREST_NEIGHBOUR_ACCURACY,
                        own / (2.0 * count),
                        "%d of either kind, leave-one-out, Euclidean".formatted(count)))
                .build();
    }

    /** How many rows have a neighbour of their own set that is nearer than all of the other; at equal distance neither is. */
    private static long ownKind(NeighbourSearch search, Features set, Features others) {
        NearestNeighbours within = search.within(set, 1);
        NearestNeighbours across = search.between(set, others, 1);
        return IntStream.range(0, set.count())
                .filter(row -> within.distances()[row] < across.distances()[row])
                .count();
    }
}
