package org.autophage.metrics.known;

import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.distance.FrechetDistance;

/**
 * Three Fréchet distances, from the real data of generation 1 to what the model gives: to the real data by now, from those to the
 * training set, from that to the samples. Which of them grows tells a world that moved from data that are contaminated and from a
 * model that does not fit.
 */
final class DriftOrCollapse implements SampleMetric {
    private static final String CONVENTION = "as the Fréchet distance";

    @Override
    public String name() {
        return "driftOrCollapse";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.WORLD_DISTANCE, Metrics.CONTAMINATION_DISTANCE, Metrics.FIT_DISTANCE);
    }

    @Override
    public boolean needsTrainingSet() {
        return true;
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (pair.generation().isEmpty()) {
            return Findings.NONE;
        }
        FrechetDistance frechet = pair.instruments().frechet();
        return Findings.builder()
                .add(
                        pair.first() == pair.real()
                                ? Finding.of(Metrics.WORLD_DISTANCE, 0.0, CONVENTION)
                                        .withSamplingError(0)
                                : distance(Metrics.WORLD_DISTANCE, pair.first(), pair.real(), frechet))
                .add(distance(Metrics.CONTAMINATION_DISTANCE, pair.real(), pair.training(), frechet))
                .add(distance(Metrics.FIT_DISTANCE, pair.training(), pair.fake(), frechet))
                .build();
    }

    private static Finding distance(Metric metric, MeasuredSet from, MeasuredSet to, FrechetDistance frechet) {
        return Finding.of(metric, frechet.between(from.statistics(), to.statistics()), CONVENTION)
                .withSamplingError(frechet.samplingError(from.statistics(), to.statistics(), to.features()));
    }
}
