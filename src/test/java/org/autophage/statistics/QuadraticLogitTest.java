package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuadraticLogitTest {
    private static double[] normal(SplittableRandom random, int count, double mean, double deviation) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> mean + deviation * random.nextGaussian());
        return values;
    }

    /** ln p/q of N(0, 1) and N(1, 4): ln 2 − x²/2 + (x − 1)²/8; off by a few times √(3/n). */
    @Test
    void theRatioOfTwoGaussiansIsFound() {
        SplittableRandom random = new SplittableRandom(1);
        int n = 100_000;
        QuadraticLogit logit = QuadraticLogit.fit(normal(random, n, 0, 1), normal(random, n, 1, 2), 1);
        for (double x : new double[] {-2, -1, 0, 0.5, 1, 2}) {
            double exact = Math.log(2) - x * x / 2 + (x - 1) * (x - 1) / 8;
            assertThat(logit.at(new double[] {7, x}, 1)).as("at %s", x).isCloseTo(exact, within(0.06));
        }
    }

    /** Correlation ½ against none, in two dimensions: ln p/q = −ln(1 − ρ²)/2 − (ρ²(x² + y²) − 2ρxy)/(2(1 − ρ²)). */
    @Test
    void productsOfCoordinatesCount() {
        SplittableRandom random = new SplittableRandom(2);
        int n = 50_000;
        double[] q = normal(random, 2 * n, 0, 1);
        double[] p = normal(random, 2 * n, 0, 1);
        for (int i = 0; i < n; i++) {
            p[2 * i + 1] = 0.5 * p[2 * i] + Math.sqrt(0.75) * p[2 * i + 1];
        }
        QuadraticLogit logit = QuadraticLogit.fit(p, q, 2);
        for (double[] at : new double[][] {{0, 0}, {1, 1}, {1, -1}, {-1, 0.5}}) {
            double exact = -Math.log(0.75) / 2 - (0.25 * (at[0] * at[0] + at[1] * at[1]) - at[0] * at[1]) / 1.5;
            assertThat(logit.at(at, 0)).isCloseTo(exact, within(0.08));
        }
    }

    @Test
    void samplesThatCanBeToldApartWhollyGiveANumber() {
        QuadraticLogit logit = QuadraticLogit.fit(new double[] {1, 1.1, 1.2, 1.3}, new double[] {5, 5.1, 5.2, 5.3}, 1);
        assertThat(logit.at(new double[] {1}, 0)).isFinite().isPositive();
        assertThat(logit.at(new double[] {5}, 0)).isFinite().isNegative();
        QuadraticLogit none = QuadraticLogit.fit(new double[] {2, 2}, new double[] {2, 2}, 1);
        assertThat(none.at(new double[] {2}, 0)).isCloseTo(0, within(1e-9));
    }
}
