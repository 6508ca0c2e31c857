package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Sums by hand, scores against numpy and scipy, run lengths against a Markov chain (Brook and Evans 1972). */
class CusumTest {
    private static final int RUNS = 4_000;

    @Test
    void sumsAreThoseComputedByHand() {
        Cusum sums = new Cusum(.5, 2);
        for (double score : new double[] {1.5, -1, 2, 1.2}) {
            sums = sums.plus(score);
        }
        // up: 1, 0, 1.5, 2.2; down: 0, .5, 0, 0
        assertThat(sums.up()).isCloseTo(2.2, within(1e-12));
        assertThat(sums.down()).isZero();
        assertThat(sums.upFrom()).isEqualTo(3);
        assertThat(sums.downFrom()).isZero();
        assertThat(sums.hasRisen()).isTrue();
        assertThat(sums.hasFallen()).isFalse();
        assertThat(new Cusum(.5, 2).plus(-4).hasFallen()).isTrue();
    }

    /** scipy: norm.ppf(t.cdf(sqrt((n-1)/n) (x - mean) / std, n - 2)) of 3.1, 2.9, 3.4, 3.0, 3.9, 4.4, 5.1. */
    @Test
    void scoresAreScipys() {
        double[] expected = {
            1.1260438991657384, -0.39696495993820047, 2.001731465991166, 1.870019237248766, 1.9716936118351405
        };
        double[] values = {3.1, 2.9, 3.4, 3.0, 3.9, 4.4, 5.1};
        SelfStarting scores = new SelfStarting();
        assertThat(scores.next(values[0])).isEmpty();
        assertThat(scores.next(values[1])).isEmpty();
        for (int i = 2; i < values.length; i++) {
            assertThat(scores.next(values[i]).orElseThrow()).isCloseTo(expected[i - 2], within(2e-8));
        }
    }

    @Test
    void equalValuesHaveScoresToo() {
        SelfStarting scores = new SelfStarting();
        scores.next(.5);
        scores.next(.5);
        assertThat(scores.next(.5)).isEqualTo(OptionalDouble.of(0));
        assertThat(scores.next(.4)).isEqualTo(OptionalDouble.of(-4));
    }

    /** Within 4 standard errors of 4,000 runs each; run lengths spread about as much as they are long. */
    @Test
    void runLengthsAreThoseOfTheMarkovChain() {
        SplittableRandom random = new SplittableRandom(7);
        for (double change : new double[] {0, .5, 1}) {
            double sum = 0;
            double squares = 0;
            for (int run = 0; run < RUNS; run++) {
                Cusum sums = new Cusum(.5, 4);
                while (!sums.hasRisen()) {
                    sums = sums.plus(change + random.nextGaussian());
                }
                sum += sums.scores();
                squares += (double) sums.scores() * sums.scores();
            }
            double mean = sum / RUNS;
            double error = Math.sqrt((squares / RUNS - mean * mean) / RUNS);
            assertThat(mean).isCloseTo(averageRunLength(.5, 4, change), within(4 * error));
        }
        assertThat(averageRunLength(.5, 4, 0)).isCloseTo(335.4, within(.1));
        assertThat(averageRunLength(.5, 4, 1)).isCloseTo(8.38, within(.01));
        assertThat(averageRunLength(.5, 5, 0)).isCloseTo(930.9, within(.2));
    }

    /** Mean and variance of 40,000 scores, and of sums of neighbours: 0, 1 and no correlation, within 4 standard errors. */
    @Test
    void scoresOfAnyNormalLawAreStandardNormalAndIndependent() {
        SplittableRandom random = new SplittableRandom(11);
        int runs = 8_000;
        double[] moments = new double[3];
        for (int run = 0; run < runs; run++) {
            SelfStarting scores = new SelfStarting();
            double before = 0;
            for (int t = 1; t <= 7; t++) {
                OptionalDouble score = scores.next(1e3 + .02 * random.nextGaussian());
                if (score.isPresent()) {
                    double u = score.getAsDouble();
                    moments[0] += u;
                    moments[1] += u * u;
                    moments[2] += u * before;
                    before = u;
                }
            }
        }
        assertThat(moments[0] / (5 * runs)).isCloseTo(0, within(4 / Math.sqrt(5 * runs)));
        assertThat(moments[1] / (5 * runs)).isCloseTo(1, within(4 * Math.sqrt(2.0 / (5 * runs))));
        assertThat(moments[2] / (4 * runs)).isCloseTo(0, within(4 / Math.sqrt(4 * runs)));
    }

    /** The sum's range is cut into cells, and the chain's mean time to absorption is solved for. */
    private static double averageRunLength(double allowance, double limit, double change) {
        int cells = 200;
        double width = 2 * limit / (2 * cells - 1);
        double[][] system = new double[cells][cells + 1];
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                double upper = normal((j - i) * width + width / 2 + allowance - change);
                double lower = j == 0 ? 0 : normal((j - i) * width - width / 2 + allowance - change);
                system[i][j] = (i == j ? 1 : 0) - (upper - lower);
            }
            system[i][cells] = 1;
        }
        for (int p = 0; p < cells; p++) {
            for (int row = p + 1; row < cells; row++) {
                double factor = system[row][p] / system[p][p];
                for (int column = p; column <= cells; column++) {
                    system[row][column] -= factor * system[p][column];
                }
            }
        }
        double[] times = new double[cells];
        for (int row = cells - 1; row >= 0; row--) {
            double rest = system[row][cells];
            for (int column = row + 1; column < cells; column++) {
                rest -= system[row][column] * times[column];
            }
            times[row] = rest / system[row][row];
        }
        return times[0];
    }

    private static double normal(double z) {
        return new NormalDistribution().cumulativeProbability(z);
    }
}
