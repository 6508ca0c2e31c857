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

/** The effective number of different samples on either side; none where all features are 0, as a cosine needs a direction. */
final class VendiScores implements SampleMetric {
    @Override
    public String name() {
        return "vendiScore";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.VENDI_SCORE_OF_REAL, Metrics.VENDI_SCORE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        VendiScore vendi = pair.instruments().of(VendiScore.class, VendiScore::new);
        return BothSides.of(
                pair,
                gives(),
                set -> score(vendi, set),
                "cosine kernel",
                set -> "no Vendi score: all features of %s are 0".formatted(set.name()));
    }

    private Optional<Double> score(VendiScore vendi, MeasuredSet set) {
        return set.figure(
                name(), () -> set.features().isZero() ? Optional.empty() : Optional.of(vendi.of(set.features())));
    }
}
