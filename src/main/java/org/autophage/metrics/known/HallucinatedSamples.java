package org.autophage.metrics.known;

import java.util.List;
import java.util.stream.IntStream;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.neighbours.NearestNeighbours;

/**
 * Samples that gather where nothing is real, the appearance of modes that the real law does not have (one of the definitions of
 * arXiv 2503.03150): those in no real sample's k-nearest-neighbour ball whose own k nearest generated samples are in none either.
 * A sample that strays alone has neighbours that do not, and is not counted; it costs precision alone.
 */
final class HallucinatedSamples implements SampleMetric {
    @Override
    public String name() {
        return "hallucinations";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.HALLUCINATED_SHARE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        int[] realBalls = pair.members().realBallsAroundFake();
        int neighbours = pair.instruments().neighbours();
        NearestNeighbours known = pair.fake().ballsForErrors().oneMore();
        NearestNeighbours own = known == null // of so few samples that there is not one neighbour more
                ? pair.instruments().search().within(pair.fake().features(), neighbours)
                : known;
        long hallucinated = IntStream.range(0, realBalls.length)
                .filter(sample -> realBalls[sample] == 0)
                .filter(sample -> IntStream.range(sample * own.k(), sample * own.k() + neighbours)
                        .allMatch(place -> realBalls[own.indices()[place]] == 0))
                .count();
        return Findings.builder()
                .add(Finding.of(
                        Metrics.HALLUCINATED_SHARE,
                        hallucinated / (double) realBalls.length,
                        "with its %d nearest fake ones in no real ball".formatted(neighbours)))
                .build();
    }
}
