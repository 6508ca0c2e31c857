package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnomalyTest extends OnCpu {
    private static NeighbourSearch search;

    @BeforeAll
    static void open() {
        search = new NeighbourSearch(device);
    }

    @AfterAll
    static void close() {
        search.close();
    }

    private static Features normal(long seed, int count, int width, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + deviation * random.nextGaussian();
        }
        return Features.ofRows(width, values);
    }

    /**
     * Near neighbours are far where the density is low: of N(0, 1) the score orders as |x| does. X = N(1.5, 1) and Y = N(0, 1) have
     * X + Y and X − Y independent, so that P(X² &gt; Y²) = q² + (1 − q)² with q = Φ(1.5/√2) = .85558, by which x itself would tell
     * them apart; past |y| = 1.96 are .32304. Of N(0, ¼) it is (2/π) atan ½ = .29517, and past are 2Φ(−3.92). Standard errors are √((m + n
     * + 1)/(12mn)) = .0056 at most. It takes many neighbours, k → ∞ and k/n → 0, for the distance to order as the density does; with 10 it is .729.
     */
    @Test
    void outliersInTheLimitOfManyRealSamples() {
        Features real = normal(1, 8000, 1, 0, 1);
        Anomaly shifted = Anomaly.of(search, real, normal(2, 8000, 1, 1.5, 1), 60);
        assertThat(shifted.area()).isCloseTo(0.75287, within(0.022));
        assertThat(shifted.beyond()).isCloseTo(0.32304, within(0.03));
        Anomaly narrower = Anomaly.of(search, real, normal(3, 8000, 1, 0, 0.5), 60);
        assertThat(narrower.area()).isCloseTo(0.29517, within(0.03));
        assertThat(narrower.beyond()).isLessThan(0.003);
    }

    /**
     * 200 times real and generated samples of one law: means within 4 standard errors of the mean, which are at most 1/√200 times √((100
     * + 150 + 1)/(12 · 100 · 150)) = .0373 for ½, and .028 for 1 − 96/101, the rank of the limit among 100.
     */
    @Test
    void equalLawsAreAHalfWhateverTheDimension() {
        for (int width : new int[] {1, 8}) {
            double area = 0;
            double squares = 0;
            double beyond = 0;
            for (int pair = 0; pair < 200; pair++) {
                Anomaly anomaly = Anomaly.of(
                        search, normal(100 + pair, 200, width, 0, 1), normal(500 + pair, 150, width, 0, 1), 3);
                area += anomaly.area() / 200;
                squares += Math.pow(anomaly.area() - 0.5, 2) / 200;
                beyond += anomaly.beyond() / 200;
            }
            assertThat(area).as("width %d", width).isCloseTo(0.5, within(0.0106));
            assertThat(Math.sqrt(squares)).as("width %d", width).isLessThan(0.0373 * 1.2);
            assertThat(beyond).as("width %d", width).isCloseTo(1 - 96 / 101.0, within(0.008));
        }
    }

    @Test
    void outliersAreAllBeyondAndFewRealSamplesHaveNoLimit() {
        Anomaly far = Anomaly.of(search, normal(1, 100, 3, 0, 1), normal(2, 50, 3, 90, 1), 3);
        assertThat(far).isEqualTo(new Anomaly(1, 1));
        assertThat(Anomaly.of(search, normal(1, 20, 3, 0, 1), normal(2, 50, 3, 90, 1), 3)
                        .beyond())
                .as("no rank among 10 is past 95%")
                .isZero();
        assertThat(Anomaly.isPossible(5, 3)).isFalse();
        assertThat(Anomaly.isPossible(6, 3)).isTrue();
    }
}
