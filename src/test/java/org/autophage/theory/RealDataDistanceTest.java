package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealDataDistanceTest {
    /** SCIENCE's simulated table for d = 100, to a relative .8%: its own rounding and the error of its simulation. */
    @ParameterizedTest
    @CsvSource({"100, 31.98", "150, 19.6", "200, 14.13", "250, 11.11", "500, 5.41", "1000, 2.66"})
    void oneHundredDimensions(int points, double simulated) {
        assertThat(new RealDataDistance(100, true).of(points)).isCloseTo(simulated, within(0.008 * simulated));
    }

    /**
     * Means of 20,000 fits each by numpy (seed 0, eigenvalues of each covariance): value and standard error. Four
     * standard errors, and .3% for what the expansion leaves out.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 10, .15374, .00112",
        "2, 10, .37015, .00171",
        "5, 20, .65571, .00150",
        "10, 30, 1.32367, .00165",
        "10, 8, 6.35396, .00571",
        "100, 100, 31.97371, .02378",
    })
    void agreesWithSimulations(int dimensions, int points, double mean, double error) {
        assertThat(new RealDataDistance(dimensions, true).of(points)).isCloseTo(mean, within(4 * error + 0.003 * mean));
    }

    @Test
    void oneDimensionIsExact() {
        // n = 2: σ̂ = |x₁ − x₂|/√2 is |z|, E|z| = √(2/π), and E σ̂² = 1: 1/2 + 1 + 1 − 2√(2/π)
        assertThat(new RealDataDistance(1, true).of(2)).isCloseTo(2.5 - 2 * Math.sqrt(2 / Math.PI), within(1e-12));
        // ÷ n: the variance is half of that
        assertThat(new RealDataDistance(1, false).of(2)).isCloseTo(2 - 2 * Math.sqrt(1 / Math.PI), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"100, 250", "100, 90", "3, 17", "1, 1000"})
    void effectiveSamplesAreTheInverse(int dimensions, double points) {
        RealDataDistance distance = new RealDataDistance(dimensions, true);
        assertThat(distance.points(distance.of(points))).isCloseTo(points, within(1e-6 * points));
    }

    @Test
    void effectiveSamplesEndAtTwo() {
        RealDataDistance distance = new RealDataDistance(10, true);
        assertThat(distance.points(1e6)).isEqualTo(2);
        assertThat(distance.points(0)).isInfinite();
    }
}
