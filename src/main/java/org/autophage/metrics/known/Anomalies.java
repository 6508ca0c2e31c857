package org.autophage.metrics.known;

import java.util.List;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.neighbours.Anomaly;

/** How many samples are where real ones are not: see {@link Anomaly}. */
final class Anomalies implements SampleMetric {
    @Override
    public String name() {
        return "anomaly";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.ANOMALY_AREA, Metrics.ANOMALOUS_SHARE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        int neighbours = pair.instruments().neighbours();
        int reals = pair.real().count();
        if (!Anomaly.isPossible(reals, neighbours)) {
            return Findings.builder()
                    .note("no anomaly scores: half of %d samples of %s are too few for neighbours %d"
                            .formatted(reals, pair.real().name(), neighbours))
                    .build();
        }
        Anomaly anomaly = Anomaly.of(
                pair.instruments().search(), pair.real().features(), pair.fake().features(), neighbours);
        String convention =
                "distance to neighbour %d in either half of real, against the other half".formatted(neighbours);
        return Findings.builder()
                .add(Finding.of(Metrics.ANOMALY_AREA, anomaly.area(), convention))
                .add(Finding.of(Metrics.ANOMALOUS_SHARE, anomaly.beyond(), convention))
                .build();
    }
}
