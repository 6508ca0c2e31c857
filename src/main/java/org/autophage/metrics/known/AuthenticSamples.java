package org.autophage.metrics.known;

import java.util.Arrays;
import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.neighbours.Authenticity;

/** How many samples are farther from their nearest training sample than that one is from its own neighbour. */
final class AuthenticSamples implements SampleMetric {
    @Override
    public String name() {
        return "authenticity";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.AUTHENTIC_PERCENT);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        Authenticity authenticity = Authenticity.of(pair.training().nearest(), pair.nearestTraining());
        double[] percents = Arrays.stream(authenticity.indicators())
                .map(share -> 100 * share)
                .toArray();
        return Findings.builder()
                .add(Finding.mean(
                        Metrics.AUTHENTIC_PERCENT, authenticity.percent(), percents, "real as the training set"))
                .build();
    }
}
