package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Authenticity;
import org.autophage.metrics.neighbours.CopyTest;
import org.autophage.metrics.neighbours.NearestTraining;
import org.autophage.metrics.neighbours.NeighbourSearch;
import org.autophage.metrics.neighbours.NeighbourSearchTest;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Authenticity, the copy test and nearest training samples: by hand, and on planted copies. */
class CopyingTest extends OnCpu {
    private static NeighbourSearch search;

    @BeforeAll
    static void open() {
        search = new NeighbourSearch(device);
    }

    @AfterAll
    static void close() {
        search.close();
    }

    @Test
    void nearestTrainingSamplesByHand() {
        Features training = Features.ofRows(1, new double[] {0, 10, 10, 20});
        Features generated = Features.ofRows(1, new double[] {11, 2, 20, 15});
        NearestTraining nearest = NearestTraining.of(search, generated, training);
        assertThat(nearest.indices()).containsExactly(1, 0, 3, 1);
        assertThat(nearest.distances()).containsExactly(1, 2, 0, 5);
        assertThat(nearest.closest(3)).containsExactly(2, 0, 1);
        assertThat(nearest.closest(9)).hasSize(4);
    }

    @Test
    void authenticityByHand() {
        // Own neighbours of the training samples are at 1, 1, 4; a tie is not authentic.
        Features training = Features.ofRows(1, new double[] {0, 1, 5});
        Features generated = Features.ofRows(1, new double[] {-1, -2, 5.5, 9.5});
        Authenticity authenticity = Authenticity.of(search, training, generated);
        assertThat(authenticity.authentic()).containsExactly(false, true, false, true);
        assertThat(authenticity.indicators()).containsExactly(0, 1, 0, 1);
        assertThat(authenticity.percent()).isEqualTo(50);
    }

    @Test
    void theStatisticByHand() {
        // U = 0 + 1 + 1 of 6 pairs; σ² = 2 · 3 / 12 · 6 = 3
        assertThat(CopyTest.statistic(new double[] {1, 3}, new double[] {2, 4, 5}))
                .isCloseTo((1 - 3) / Math.sqrt(3), within(1e-12));
        assertThat(CopyTest.statistic(new double[] {5, 4, 2}, new double[] {3, 1}))
                .isCloseTo((5 - 3) / Math.sqrt(3), within(1e-12));
    }

    /** scipy.stats.mannwhitneyu(method="asymptotic", use_continuity=False) has this variance. */
    @Test
    void tiesAreHalvesAndShrinkTheVariance() {
        // U = 1.5 + 1.5 + 3 (1 and 1 against 1, 2, 3; 4 against all) less what is no half: .5 + .5 + 3 = 4 of 9
        double variance = 9 / 12.0 * (7 - (3 * 3 * 3 - 3) / 30.0);
        assertThat(CopyTest.statistic(new double[] {1, 1, 4}, new double[] {1, 2, 3}))
                .isCloseTo((4 - 4.5) / Math.sqrt(variance), within(1e-12));
        assertThat(CopyTest.statistic(new double[] {0, 0}, new double[] {0, 0, 0}))
                .isZero();
    }

    @Test
    void aCopierIsFlaggedAndAFreshSamplerIsNot() {
        Features training = Features.ofRows(Clouds.normal(500, 4, 1));
        Features test = Features.ofRows(Clouds.normal(300, 4, 2));
        Features fresh = Features.ofRows(Clouds.normal(300, 4, 3));
        double[][] copies = Clouds.normal(300, 4, 4);
        double[][] trained = Clouds.normal(500, 4, 1);
        for (int i = 0; i < 300; i++) {
            for (int column = 0; column < 4; column++) {
                copies[i][column] = trained[i][column] + .01 * copies[i][column];
            }
        }
        Features copied = Features.ofRows(copies);
        // Standard normal: a fresh sampler is beyond 4 in one of 16,000 seeds. Against 300 a copier comes to −21.
        assertThat(CopyTest.statistic(search, training, fresh, test)).isBetween(-4.0, 4.0);
        assertThat(CopyTest.statistic(search, training, copied, test)).isLessThan(-15);
        assertThat(Authenticity.of(search, training, copied).percent()).isLessThan(3);
        assertThat(Authenticity.of(search, training, fresh).percent()).isGreaterThan(40);
    }

    @Test
    void badSetsAreRefused() {
        NeighbourSearchTest.assertRefused(
                () -> CopyTest.statistic(new double[0], new double[1]),
                "a copy test needs generated and test samples, there are 0 and 1");
        NeighbourSearchTest.assertRefused(
                () -> CopyTest.statistic(new double[1], new double[0]),
                "a copy test needs generated and test samples, there are 1 and 0");
        Features one = Features.ofRows(1, new double[] {0});
        NeighbourSearchTest.assertRefused(
                () -> Authenticity.of(search, one, one), "1 samples are too few for neighbours 1: must be at least 2");
    }
}
