package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.autophage.measure.Measure;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;

/** Means and their standard errors, by hand. */
class ReplicaMeansTest {
    @Test
    void severalReplicasHaveAStandardError() {
        ReplicaMeans means = new ReplicaMeans();
        // Deviations -3, -1, 1, 3: a variance of 20 / 3, over four replicas.
        means.add(Metrics.FRECHET_DISTANCE, new double[] {2, 4, 6, 8});
        means.add(List.of(variance(1), variance(1), variance(2), variance(2)));
        assertThat(means.measures().numbers())
                .containsEntry("frechetDistance", new Measure(5, Math.sqrt(20 / 3.0 / 4), 1))
                .containsEntry("variance", new Measure(1.5, Math.sqrt(1 / 3.0 / 4), 1));
    }

    private static Findings variance(double value) {
        return Findings.builder().add(Finding.of(Metrics.VARIANCE, value, "")).build();
    }

    @Test
    void whatAReplicaLacksHasNoMean() {
        ReplicaMeans means = new ReplicaMeans();
        means.add(List.of(variance(1), Findings.NONE));
        means.add(List.of(Findings.NONE, variance(1)));
        assertThat(means.measures().numbers()).isEmpty();
    }

    @Test
    void oneReplicaHasNone() {
        ReplicaMeans means = new ReplicaMeans();
        means.add(Metrics.FRECHET_DISTANCE, new double[] {7});
        assertThat(means.measures().toMap()).isEqualTo(Map.of("frechetDistance", 7.0));
    }
}
