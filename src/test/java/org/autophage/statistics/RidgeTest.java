package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RidgeTest {
    private static final double[][] X = {{1, 2}, {2, 1}, {3, 5}, {4, 3}, {6, 4}};
    private static final double[][] Y = {{1, 0}, {2, 1}, {2, 5}, {5, 3}, {7, 2}};

    /** scikit-learn 1.x: Ridge(alpha = .1 · 5) of variables divided by their deviations (÷n). */
    @Test
    void isScikitLearnsOnStandardizedVariables() {
        double[] expected = Ridge.fit(X, Y, .1).at(new double[] {5, 5});
        assertThat(expected[0]).isCloseTo(5.15, within(1e-9));
        assertThat(expected[1]).isCloseTo(3.99305043, within(1e-8));
    }

    @Test
    void aVariableThatDoesNotVarySaysNothing() {
        double[][] constant = {{1, 7}, {2, 7}, {3, 7}};
        double[][] line = {{2}, {4}, {6}};
        assertThat(Ridge.fit(constant, line, 1e-9).at(new double[] {5, 100})[0]).isCloseTo(10, within(1e-6));
    }
}
