package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Means and their standard errors, by hand. */
class ReplicaMeansTest {
    @Test
    void severalReplicasHaveAStandardError() {
        ReplicaMeans means = new ReplicaMeans();
        // Deviations -3, -1, 1, 3: a variance of 20 / 3, over four replicas.
        means.add("distance", new double[] {2, 4, 6, 8});
        means.add("length", new String[] {"a", "b", "cd", "ef"}, String::length);
        assertThat(means.values())
                .containsEntry("distance", 5.0)
                .containsEntry("length", 1.5)
                .containsEntry(
                        "standardError", Map.of("distance", Math.sqrt(20 / 3.0 / 4), "length", Math.sqrt(1 / 3.0 / 4)));
    }

    @Test
    void oneReplicaHasNone() {
        ReplicaMeans means = new ReplicaMeans();
        means.add("distance", new double[] {7});
        assertThat(means.values()).isEqualTo(Map.of("distance", 7.0));
    }
}
