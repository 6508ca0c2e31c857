package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;

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
        means.add(Metrics.VARIANCE, new String[] {"a", "b", "cd", "ef"}, String::length);
        assertThat(means.measures().numbers())
                .containsEntry("frechetDistance", new Measure(5, Math.sqrt(20 / 3.0 / 4), 1))
                .containsEntry("variance", new Measure(1.5, Math.sqrt(1 / 3.0 / 4), 1));
    }

    @Test
    void oneReplicaHasNone() {
        ReplicaMeans means = new ReplicaMeans();
        means.add(Metrics.FRECHET_DISTANCE, new double[] {7});
        assertThat(means.measures().toMap()).isEqualTo(Map.of("frechetDistance", 7.0));
    }
}
