package org.autophage.metrics.known;

import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.BallMembers;
import org.autophage.metrics.neighbours.PrecisionRecall;

/** Which samples lie in whose neighbourhood: see {@link PrecisionRecall}. */
final class Balls implements SampleMetric {
    @Override
    public String name() {
        return "precisionRecall";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.PRECISION, Metrics.RECALL, Metrics.DENSITY, Metrics.COVERAGE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        Instruments instruments = pair.instruments();
        BallMembers members = pair.members();
        PrecisionRecall.Result result = members.result();
        String balls = "k = %d, distance %s radius"
                .formatted(instruments.neighbours(), instruments.ball() == Ball.STRICT ? "<" : "≤");
        Finding recall = Finding.mean(Metrics.RECALL, result.recall(), members.recalled(), balls);
        Finding coverage = Finding.mean(Metrics.COVERAGE, result.coverage(), members.covered(), balls);
        if (members.errors().isPresent()) {
            BallMembers.SamplingErrors errors = members.errors().get();
            recall = recall.withSamplingError(errors.recall());
            coverage = coverage.withSamplingError(errors.coverage());
        }
        return Findings.builder()
                .add(Finding.mean(Metrics.PRECISION, result.precision(), members.precise(), balls))
                .add(recall)
                .add(Finding.mean(Metrics.DENSITY, result.density(), members.densities(), balls))
                .add(coverage)
                .build();
    }
}
