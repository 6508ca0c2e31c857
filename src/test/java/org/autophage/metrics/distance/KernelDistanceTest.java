package org.autophage.metrics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.metrics.Clouds;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.NeighbourSearchTest;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kernel distance by hand, by a plain loop, and in expectation. */
class KernelDistanceTest extends OnCpu {
    private static KernelDistance kernel;

    @BeforeAll
    static void open() {
        kernel = new KernelDistance(device);
    }

    @AfterAll
    static void close() {
        kernel.close();
    }

    @Test
    void byHand() {
        // k(1, 2) = 27, k(0, 3) = 1, and across 1, 64, 1, 343: 27 + 1 − 2 · 409 / 4
        Features real = Features.ofRows(1, new double[] {1, 2});
        Features fake = Features.ofRows(1, new double[] {0, 3});
        assertThat(kernel.full(real, fake)).isCloseTo(28 - 409 / 2.0, within(1e-12));
    }

    @Test
    void tilesChangeNothing() {
        double[][] real = Clouds.normal(53, 6, 1);
        double[][] fake = Clouds.normal(37, 6, 2);
        double expected = plainLoop(real, fake);
        for (int tileRows : new int[] {1, 7, 37, 1000}) {
            try (KernelDistance tiled = new KernelDistance(device, tileRows)) {
                assertThat(tiled.full(Features.ofRows(real), Features.ofRows(fake)))
                        .isCloseTo(expected, within(1e-12));
            }
        }
    }

    private static double plainLoop(double[][] real, double[][] fake) {
        return mean(real, real, true) + mean(fake, fake, true) - 2 * mean(real, fake, false);
    }

    private static double mean(double[][] one, double[][] other, boolean same) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                if (!same || i != j) {
                    double product = 0;
                    for (int c = 0; c < one[i].length; c++) {
                        product += one[i][c] * other[j][c];
                    }
                    sum += Math.pow(product / one[i].length + 1, 3);
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** Of 200 subsets of 20 of one distribution the mean is 0 within four standard errors of independent subsets. */
    @Test
    void equalDistributionsAreAtZeroOnAverage() {
        Features real = Features.ofRows(Clouds.normal(4000, 4, 3));
        Features fake = Features.ofRows(Clouds.normal(4000, 4, 4));
        KernelDistance.Subsets subsets = kernel.subsets(real, fake, 200, 20, 5);
        assertThat(subsets.count()).isEqualTo(200);
        assertThat(subsets.size()).isEqualTo(20);
        assertThat(subsets.mean()).isCloseTo(0, within(4 * subsets.deviation() / Math.sqrt(200)));
        assertThat(subsets.deviation()).isPositive();
    }

    @Test
    void subsetsDependOnTheSeedAloneAndAreNoLargerThanTheSets() {
        Features real = Features.ofRows(Clouds.normal(40, 4, 3));
        Features fake = Features.ofRows(Clouds.normal(30, 4, 4));
        assertThat(kernel.subsets(real, fake, 5, 10, 1)).isEqualTo(kernel.subsets(real, fake, 5, 10, 1));
        assertThat(kernel.subsets(real, fake, 5, 10, 1)).isNotEqualTo(kernel.subsets(real, fake, 5, 10, 2));
        KernelDistance.Subsets all = kernel.subsets(fake, fake.select(new int[] {0, 1, 2}), 4, 1000, 1);
        assertThat(all.size()).isEqualTo(3);
        KernelDistance.Subsets whole = kernel.subsets(real, real, 3, 1000, 1);
        assertThat(whole.size()).isEqualTo(40);
        assertThat(whole.deviation()).isCloseTo(0, within(1e-9));
        assertThat(whole.mean()).isCloseTo(kernel.full(real, Features.ofRows(Clouds.normal(40, 4, 3))), within(1e-9));
    }

    /** 400 subsets of 2 of 3: within four standard errors of the mean, and a fifth of the deviation. */
    @Test
    void theDeviationIsOfThePopulation() {
        Features line = Features.ofRows(1, new double[] {0, 1, 2});
        KernelDistance.Subsets subsets = kernel.subsets(line, line, 400, 2, 3);
        // Nine equally likely pairs of subsets, by hand.
        double[][] pairs = {{0, 1}, {0, 2}, {1, 2}};
        double sum = 0;
        double square = 0;
        for (double[] one : pairs) {
            for (double[] other : pairs) {
                double distance = plainLoop(column(one), column(other));
                sum += distance / 9;
                square += distance * distance / 9;
            }
        }
        double deviation = Math.sqrt(square - sum * sum);
        assertThat(subsets.mean()).isCloseTo(sum, within(4 * deviation / 20));
        assertThat(subsets.deviation()).isCloseTo(deviation, within(.2 * deviation));
    }

    private static double[][] column(double[] values) {
        return new double[][] {{values[0]}, {values[1]}};
    }

    @Test
    void badSetsAreRefused() {
        Features one = Features.ofRows(1, new double[] {1});
        Features two = Features.ofRows(1, new double[] {1, 2});
        NeighbourSearchTest.assertRefused(
                () -> kernel.full(two, one), "a kernel distance needs at least 2 samples of each, there is 1");
        NeighbourSearchTest.assertRefused(
                () -> kernel.subsets(one, two, 1, 5, 0),
                "a kernel distance needs at least 2 samples of each, there is 1");
        NeighbourSearchTest.assertRefused(
                () -> kernel.full(two, Features.ofRows(2, new double[4])),
                "features of 1 and of 2 dimensions cannot be compared: must be the same");
        NeighbourSearchTest.assertRefused(
                () -> kernel.full(two, Features.ofRows(1, new double[] {Double.NaN, 0})),
                "generated features: feature 0 of row 0 is NaN: must be a finite number");
        NeighbourSearchTest.assertRefused(
                () -> kernel.full(Features.ofRows(1, new double[] {0, Double.NaN}), two),
                "real features: feature 0 of row 1 is NaN: must be a finite number");
    }
}
