package org.autophage.metrics.known;

import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.neighbours.Entropy;

/** The differential entropy on either side; none where two samples are the same: what has copies in it has no density. */
final class Entropies implements SampleMetric {
    @Override
    public String name() {
        return "entropy";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.ENTROPY_OF_REAL, Metrics.ENTROPY);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        return BothSides.of(
                pair,
                gives(),
                Entropies::entropy,
                "Kozachenko-Leonenko, k = 1, nats",
                set -> "no entropy: a sample of %s comes twice".formatted(set.name()));
    }

    private static Optional<Double> entropy(MeasuredSet set) {
        try {
            return Optional.of(Entropy.of(set.nearest(), set.width()));
        } catch (AutophageException copies) {
            return Optional.empty();
        }
    }
}
