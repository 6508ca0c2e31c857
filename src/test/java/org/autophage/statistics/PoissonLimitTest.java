package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonLimitTest {
    /** −ln .05, and scipy.stats.gamma(k + 1).ppf(.95). */
    @Test
    void isTheMeanOfWhichSoFewAreRare() {
        assertThat(PoissonLimit.above(0, 0.05)).isCloseTo(-Math.log(0.05), within(1e-9));
        assertThat(PoissonLimit.above(1, 0.05)).isCloseTo(4.743864518390577, within(1e-9));
        assertThat(PoissonLimit.above(5, 0.05)).isCloseTo(10.513034908741535, within(1e-9));
    }
}
