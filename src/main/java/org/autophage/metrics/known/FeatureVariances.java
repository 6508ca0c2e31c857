package org.autophage.metrics.known;

import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;

/** The total variance of the generated samples' features, tr Σ, over that of the real ones. */
final class FeatureVariances implements SampleMetric {
    @Override
    public String name() {
        return Metrics.FEATURE_VARIANCE.key();
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.FEATURE_VARIANCE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        double real = pair.real().statistics().trace();
        if (real == 0) {
            return Findings.builder()
                    .note("no variance of features: %s has none to compare with"
                            .formatted(pair.real().name()))
                    .build();
        }
        return Findings.builder()
                .add(Finding.of(
                        Metrics.FEATURE_VARIANCE,
                        pair.fake().statistics().trace() / real,
                        "tr Σ of fake over tr Σ of real"))
                .build();
    }
}
