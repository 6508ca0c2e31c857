package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareDriftTest {
    /** The chain of counts itself, n = 200, p = .1, 20 generations: variance .0085851, and the class is lost with .14461 (scipy). */
    @Test
    void equalsTheExactChain() {
        int n = 200;
        double[][] step = new double[n + 1][n + 1];
        for (int from = 0; from <= n; from++) {
            BinomialDistribution draws = new BinomialDistribution(n, (double) from / n);
            for (int to = 0; to <= n; to++) {
                step[from][to] = draws.probability(to);
            }
        }
        double[] law = new double[n + 1];
        law[20] = 1;
        for (int generation = 0; generation < 20; generation++) {
            double[] next = new double[n + 1];
            for (int from = 0; from <= n; from++) {
                for (int to = 0; to <= n; to++) {
                    next[to] += law[from] * step[from][to];
                }
            }
            law = next;
        }
        double variance = 0;
        for (int count = 0; count <= n; count++) {
            variance += law[count] * Math.pow(count / 200.0 - 0.1, 2);
        }
        ShareDrift drift = new ShareDrift(0, 0, 200, 200);
        assertThat(drift.variance(0.1, 20)).isCloseTo(variance, within(1e-12));
        assertThat(drift.variance(0.1, 20)).isCloseTo(0.1 * 0.9 * (1 - Math.pow(1 - 1 / 200.0, 20)), within(1e-15));
        assertThat(drift.variance(0.1, 20)).isCloseTo(0.00859, within(5e-6));
        assertThat(law[0]).isCloseTo(0.14461, within(5e-6));
        assertThat(drift.variance(0.1, 0)).isZero();
    }

    /** A loop drawn 20,000 times: the mean square of a change has a relative standard error of √(2/20,000) = .01 and a bit. */
    @ParameterizedTest
    @CsvSource({
        // fixed, fresh, synthetic, initial, measured, generations
        "0, 0, 200, 200, 200, 1",
        "0, 0, 300, 300, 100, 9",
        "0, 0, 100, 200, 250, 4",
        "0, 40, 160, 200, 200, 9",
        "100, 0, 100, 200, 200, 9",
        "50, 60, 90, 120, 90, 6"
    })
    void changesOfMeasuredSharesVarySo(
            int fixed, int fresh, int synthetic, int initial, int measured, int generations) {
        SplittableRandom random = new SplittableRandom(11);
        double p = 0.2;
        double squares = 0;
        int loops = 20_000;
        for (int i = 0; i < loops; i++) {
            int fixedOnes = drawn(random, fixed, p);
            double share = (fixedOnes + drawn(random, initial - fixed, p)) / (double) initial;
            double first = Double.NaN;
            for (int t = 0; t < generations; t++) {
                int both = drawn(random, Math.min(measured, synthetic), share);
                int fed = both + drawn(random, synthetic - measured, share);
                if (t == 0) {
                    first = (both + drawn(random, measured - synthetic, share)) / (double) measured;
                }
                share = (fixedOnes + drawn(random, fresh, p) + fed) / (double) (fixed + fresh + synthetic);
            }
            squares += Math.pow(drawn(random, measured, share) / (double) measured - first, 2) / loops;
        }
        double expected = new ShareDrift(fixed, fresh, synthetic, initial).ofChange(p, measured, generations);
        // p(1 − p) is that of the real law, the loop's first model has 1 − 1/initial of it on average
        assertThat(squares).isCloseTo(expected * (1 - 1.0 / initial), within(0.045 * expected));
    }

    private static int drawn(SplittableRandom random, int count, double share) {
        int hits = 0;
        for (int i = 0; i < count; i++) {
            hits += random.nextDouble() < share ? 1 : 0;
        }
        return hits;
    }

    /** By hand, and scipy.stats.chi2.sf(14, 3) = .002905. */
    @Test
    void aCommonDirectionIsAMeanAndASpreadIsASquare() {
        CommonDirection apart = CommonDirection.of(new double[] {3, -2, 1});
        assertThat(apart.mean()).isCloseTo(2 / Math.sqrt(3), within(1e-15));
        assertThat(apart.squares()).isEqualTo(14);
        assertThat(apart.ofSpread()).isCloseTo(0.002905153, within(1e-8));
        assertThat(CommonDirection.of(new double[] {1.959964}).ofDirection()).isCloseTo(0.05, within(1e-7));
    }
}
