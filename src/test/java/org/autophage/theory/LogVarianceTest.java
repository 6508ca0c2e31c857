package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogVarianceTest {
    /** Of Hipparchus's digamma function. */
    private static final double ACCURACY = 1e-8;

    /** n = 3: χ² with 2 degrees of freedom is exponential, and E ln of an exponential of mean 1 is −γ. */
    @Test
    void threePointsLoseEulersConstant() {
        double gamma = 0.57721566490153286;
        assertThat(LogVariance.ofReplacing(3, 3, 1, true, 1)).isCloseTo(-gamma, within(10 * ACCURACY));
        assertThat(LogVariance.ofReplacing(3, 3, 1, true, 10)).isCloseTo(-10 * gamma, within(10 * ACCURACY));
        assertThat(LogVariance.ofReplacing(3, 3, 0.5, true, 3))
                .isCloseTo(-3 * gamma + 2 * Math.log(0.5), within(10 * ACCURACY));
        assertThat(LogVariance.ofReplacing(3, 3, 1, false, 1))
                .isCloseTo(-gamma + Math.log(2 / 3.0), within(10 * ACCURACY));
    }

    @Test
    void firstGenerationMayHaveMorePoints() {
        double later = LogVariance.ofReplacing(10, 10, 1, true, 1);
        double first = LogVariance.ofReplacing(1000, 10, 1, true, 1);
        assertThat(first).isCloseTo(-1 / 999.0, within(1e-5)); // ψ(x) − ln x → −1/(2x)
        assertThat(LogVariance.ofReplacing(1000, 10, 1, true, 4)).isCloseTo(first + 3 * later, within(10 * ACCURACY));
    }
}
