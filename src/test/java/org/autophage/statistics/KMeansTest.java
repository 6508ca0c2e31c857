package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KMeansTest {
    /** Of the quantiles of a normal law, the variance that the nearest centres keep (Max 1960). */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, .63662", "3, .80983", "4, .88252", "8, .96545"})
    void centresOfANormalLawAreItsOptimalQuantizer(int k, double kept) {
        int n = 20_000;
        double[] points = new double[n];
        Arrays.setAll(points, i -> new NormalDistribution().inverseCumulativeProbability((i + 0.5) / n));
        double[] centres = KMeans.centres(points, 1, k, new SplittableRandom(k));
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double centre = centres[KMeans.nearest(centres, points, i, 1)];
            squares += centre * centre / n;
        }
        assertThat(squares).isCloseTo(kept, within(2e-3));
    }

    /** Three clouds in a plane. */
    @Test
    void everyCentreIsTheMeanOfItsCell() {
        SplittableRandom random = new SplittableRandom(5);
        double[] points = new double[200];
        Arrays.setAll(points, i -> random.nextGaussian() + 3 * (i / 2 % 3));
        double[] centres = KMeans.centres(points, 2, 3, new SplittableRandom(1));
        double[] sums = new double[6];
        int[] members = new int[3];
        for (int i = 0; i < 100; i++) {
            int cell = KMeans.nearest(centres, points, 2 * i, 2);
            members[cell]++;
            sums[2 * cell] += points[2 * i];
            sums[2 * cell + 1] += points[2 * i + 1];
        }
        for (int i = 0; i < 6; i++) {
            assertThat(centres[i]).isCloseTo(sums[i] / members[i / 2], within(1e-12));
        }
    }

    @Test
    void asManyCentresAsPointsAreThePoints() {
        double[] points = {3, 1, 2};
        double[] centres = KMeans.centres(points, 1, 3, new SplittableRandom(1));
        Arrays.sort(centres);
        assertThat(centres).containsExactly(1, 2, 3);
        assertThat(KMeans.centres(new double[] {4, 4, 4}, 1, 2, new SplittableRandom(1)))
                .containsOnly(4);
        assertThatThrownBy(() -> KMeans.centres(points, 1, 4, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
