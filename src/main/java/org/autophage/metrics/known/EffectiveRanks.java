package org.autophage.metrics.known;

import java.util.List;
import java.util.Optional;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.distance.VendiScore;

/** In how many directions the features vary on either side: see {@link VendiScore#effectiveRank}. */
final class EffectiveRanks implements SampleMetric {
    @Override
    public String name() {
        return "effectiveRank";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.EFFECTIVE_RANK_OF_REAL, Metrics.EFFECTIVE_RANK);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        VendiScore spectra = pair.instruments().of(VendiScore.class, VendiScore::new);
        return BothSides.of(
                pair,
                gives(),
                set -> rank(spectra, set),
                "exponential entropy of the covariance's eigenvalues",
                set -> "no effective rank: no feature of %s varies".formatted(set.name()));
    }

    private Optional<Double> rank(VendiScore spectra, MeasuredSet set) {
        return set.figure(
                name(),
                () -> spectra.effectiveRank(set.statistics()).stream().boxed().findFirst());
    }
}
