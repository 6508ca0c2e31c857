package org.autophage.metrics.known;

import java.util.ArrayList;
import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.distance.FrechetDistance;
import org.autophage.metrics.features.FeatureStatistics;

/** How far apart the Gaussians are that fit the features: see {@link org.autophage.metrics.distance.FrechetDistance}. */
final class FrechetDistances implements SampleMetric {
    @Override
    public String name() {
        return Metrics.FRECHET_DISTANCE.key();
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.FRECHET_DISTANCE, Metrics.DISTANCE_FROM_FIRST);
    }

    /** Samples that are no more than their features are said beside the number: they make it larger. */
    @Override
    public Findings of(MeasuredPair pair) {
        FeatureStatistics reals = pair.real().statistics();
        FeatureStatistics fakes = pair.fake().statistics();
        List<String> few = new ArrayList<>();
        if (reals.isSingular()) {
            few.add("real");
        }
        if (fakes.isSingular()) {
            few.add("fake");
        }
        String said = few.isEmpty()
                ? ""
                : "; too few %s samples for %d features: too large".formatted(String.join(" and ", few), reals.width());
        FrechetDistance frechet = pair.instruments().frechet();
        Finding distance = Finding.of(
                Metrics.FRECHET_DISTANCE,
                frechet.between(reals, fakes),
                "covariances divided by N - 1, float64" + said);
        if (pair.generation().isPresent()) { // others have intervals of evaluate's own
            distance = distance.withSamplingError(
                    frechet.samplingError(reals, fakes, pair.fake().features()));
        }
        Findings.Builder findings = Findings.builder().add(distance);
        if (pair.first() != pair.real()) {
            findings.add(Finding.of(
                    Metrics.DISTANCE_FROM_FIRST,
                    frechet.between(pair.first().statistics(), fakes),
                    "as the Fréchet distance, from the real samples of generation 1"));
        }
        if (!few.isEmpty()) {
            findings.remark("noMoreSamplesThanFeatures", few);
        }
        return findings.build();
    }
}
