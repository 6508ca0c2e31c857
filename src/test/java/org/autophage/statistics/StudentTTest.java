package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against scipy 1.17: stats.t.ppf and stats.t.sf. */
class StudentTTest {
    @Test
    void quantilesAreScipys() {
        assertThat(StudentT.quantile(.975, 1)).isCloseTo(12.706204736174694, within(1e-8));
        assertThat(StudentT.quantile(.975, 2)).isCloseTo(4.302652729749462, within(1e-9));
        assertThat(StudentT.quantile(.975, 4.5)).isCloseTo(2.6589123472044034, within(1e-9));
        assertThat(StudentT.quantile(.995, 3)).isCloseTo(5.840909309733355, within(1e-9));
    }

    @Test
    void probabilitiesAreScipys() {
        assertThat(StudentT.twoSided(2.5, 2)).isCloseTo(0.12961172022151082, within(1e-12));
        assertThat(StudentT.twoSided(-4, 5)).isCloseTo(0.01032341548083145, within(1e-12));
        assertThat(StudentT.twoSided(1, 1.7)).isCloseTo(0.43810287230064204, within(1e-12));
        assertThat(StudentT.twoSided(12, 2)).isCloseTo(0.00687293367715846, within(1e-12));
        assertThat(StudentT.twoSided(Double.NEGATIVE_INFINITY, 2)).isZero();
    }
}
