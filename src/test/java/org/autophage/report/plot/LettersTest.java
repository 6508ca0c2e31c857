package org.autophage.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LettersTest {
    /** Adobe's metrics of Helvetica: H 722, e 556, l 222, o 556, thousandths of the size. */
    @Test
    void lettersAreAsWideAsHelvetica() {
        assertThat(Letters.width("Hello", 10)).isCloseTo(22.78, within(0.02));
    }

    @Test
    void whatTheFontDoesNotHaveIsAQuestionMark() {
        assertThat(Letters.writable("λ = 1.0 ± σ² 图")).isEqualTo("λ = 1.0 ± σ² ?");
    }
}
