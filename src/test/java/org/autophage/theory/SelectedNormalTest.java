package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that were derived by hand and simulated in numpy, to their five digits; and limits. */
class SelectedNormalTest {
    private static final Offset<Double> ROUNDING = within(5.1e-6);

    private static void require(SelectedNormal found, double acceptance, double mean, double variance) {
        assertThat(found.acceptance()).isCloseTo(acceptance, ROUNDING);
        assertThat(found.mean()).isCloseTo(mean, ROUNDING);
        assertThat(found.variance()).isCloseTo(variance, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"1, .68269, .29113", "1.5, .86639, .55152", "2, .95450, .77374"})
    void aBallIsATruncatedNormal(double a, double acceptance, double variance) {
        require(SelectedNormal.within(a), acceptance, 0, variance);
    }

    @Test
    void mistakesMixInsideAndOutside() {
        require(SelectedNormal.within(1, 0.9, 0.2), .67788, 0, .50027);
        require(SelectedNormal.within(1, 0.5, 0.5), .5, 0, 1);
    }

    @Test
    void aHalfSpaceIsAHalfNormal() {
        require(SelectedNormal.above(0), .5, .79788, .36338);
        require(SelectedNormal.above(-9), 1, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2, .56419, .68169",
        "3, .84628, .55947",
        "4, 1.02938, .49172",
        "5, 1.16296, .44753",
        "8, 1.42360, .37290",
        "16, 1.76599, .29501"
    })
    void theBestOfKIsAnOrderStatistic(int k, double mean, double variance) {
        require(SelectedNormal.bestOf(k), 1.0 / k, mean, variance);
    }

    @Test
    void softmaxOfTwoMovesTheMeanAndKeepsTheSecondMoment() {
        require(SelectedNormal.softmaxOfTwo(1), .5, .36316, .86811);
        require(SelectedNormal.softmaxOfTwo(0), .5, 0, 1);
        SelectedNormal best = SelectedNormal.bestOf(2);
        require(SelectedNormal.softmaxOfTwo(1e9), .5, best.mean(), best.variance());
    }

    /** The ratio's values are known to three digits only. */
    @ParameterizedTest
    @CsvSource({
        ".8, 1.5, .636, .820",
        ".8, 2, .400, .910",
        ".8, 2.5, .215, .965",
        ".8, 3, .099, .990",
        "1.5, 0, .66667, 1"
    })
    void aCappedRatioRestoresWhatItIsPaidFor(double s, double c, double acceptance, double variance) {
        SelectedNormal found = SelectedNormal.rejected(s, c);
        assertThat(found.acceptance()).isCloseTo(acceptance, within(5.1e-4));
        assertThat(found.variance()).isCloseTo(variance, within(5.1e-4));
    }

    /** Five times in a row, c = .5, τ² = 4, is once with τ²/5. */
    @Test
    void precisionsAdd() {
        SelectedNormal law = SelectedNormal.softly(0, 1, 0.5, 2);
        for (int i = 1; i < 5; i++) {
            law = SelectedNormal.softly(law.mean(), Math.sqrt(law.variance()), 0.5, 2);
        }
        assertThat(law.mean()).isCloseTo(.27778, ROUNDING);
        assertThat(law.variance()).isCloseTo(.44444, ROUNDING);
        SelectedNormal once = SelectedNormal.softly(0, 1, 0.5, 2 / Math.sqrt(5));
        assertThat(once.variance()).isCloseTo(law.variance(), ROUNDING);
    }
}
