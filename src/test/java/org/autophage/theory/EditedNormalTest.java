package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditedNormalTest {
    /** Two million chains each, simulated by another program, and their standard errors. */
    @ParameterizedTest
    @CsvSource({
        "20, .7, 1, 5, .811800, .000244, .0510057, .0000519",
        "200, .5, .8, 15, .837542, .000068, .00454672, .0000046",
        "10, .5, 1, 4, .747591, .000295, .0916399, .0000938",
        "50, 1, .8, 6, .431827, .000130, .0194232, .0000196"
    })
    void integralsAgreeWithSimulatedChains(
            int points,
            double noise,
            double bias,
            int t,
            double variance,
            double varianceError,
            double drift,
            double driftError) {
        EditedNormal.Expected expected = new EditedNormal(points, noise, bias).at(t);
        assertThat(expected.variance()).isCloseTo(variance, within(4 * varianceError));
        assertThat(expected.drift()).isCloseTo(drift, within(4 * driftError));
    }

    /** What a fit to real points has: 1 − 1/n and 1/n. */
    @Test
    void theFirstGenerationIsAFit() {
        EditedNormal.Expected expected = new EditedNormal(20, .5, 1).at(1);
        assertThat(expected.variance()).isCloseTo(.95, within(1e-8));
        assertThat(expected.drift()).isCloseTo(.05, within(1e-12));
    }

    /** Weak noise gives the real points back, strong noise draws: (1 − 1/n)^t. */
    @Test
    void itLiesBetweenRealPointsAndDraws() {
        assertThat(new EditedNormal(20, 1e-4, 1).at(6).variance()).isCloseTo(.95, within(1e-6));
        assertThat(new EditedNormal(20, 1e4, 1).at(6).variance()).isCloseTo(Math.pow(.95, 6), within(1e-6));
    }

    /** λ = .8: the roots of q² − .7q + .0125 by hand; from σ² = .61803 on nothing holds the loop. */
    @Test
    void manyPointsStayAtTheLimit() {
        double limit = EditedNormal.limit(.5, .8);
        assertThat(limit).isCloseTo((.7 + Math.sqrt(.44)) / 2 / .8, within(1e-12));
        assertThat(new EditedNormal(100_000, .5, .8).edited(limit)).isCloseTo(limit, within(1e-12));
        assertThat(new EditedNormal(100_000, .5, .8).at(40).variance()).isCloseTo(limit, within(1e-4));
        assertThat(EditedNormal.limit(3, 1)).isEqualTo(1);
        assertThat(EditedNormal.limit(Math.sqrt(.6180), .8)).isPositive();
        assertThat(EditedNormal.limit(Math.sqrt(.6181), .8)).isZero();
        assertThat(new EditedNormal(100_000, 1, .8).at(60).variance()).isLessThan(1e-3);
    }
}
