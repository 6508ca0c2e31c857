package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Dunnett's tables of 1955, Student's t, scipy, and by drawing. */
class DunnettTest {
    /** One-sided, 5%; to the two digits of the tables, the last of which is one off here and there. */
    @ParameterizedTest
    @CsvSource({"2, 5, 2.44", "9, 5, 3.30", "3, 10, 2.34", "9, 20, 2.60", "2, Infinity, 1.92", "9, Infinity, 2.42"})
    void limitsAreThoseOfTheTables(int comparisons, double freedom, double limit) {
        assertThat(Dunnett.limit(.05, comparisons, freedom)).isCloseTo(limit, within(.011));
    }

    @Test
    void oneComparisonIsStudents() {
        for (double freedom : new double[] {1, 2, 4, 30}) {
            double limit = StudentT.quantile(.9875, freedom);
            assertThat(Dunnett.limit(.0125, 1, freedom)).isCloseTo(limit, within(1e-6 * limit));
            assertThat(Dunnett.beyond(limit, 1, freedom)).isCloseTo(.0125, within(1e-8));
        }
        assertThat(Dunnett.beyond(1.6448536269514722, 1, Double.POSITIVE_INFINITY))
                .isCloseTo(.05, within(1e-10));
    }

    /** 200,000 draws each; 4 binomial standard errors of 1.25% are .1%. */
    @ParameterizedTest
    @CsvSource({"19, 4", "19, 2", "19, Infinity", "40, 9"})
    void theLargestDifferencePassesItAsOftenAsItSays(int comparisons, double freedom) {
        double limit = Dunnett.limit(.0125, comparisons, freedom);
        SplittableRandom random = new SplittableRandom(1);
        int draws = 200_000;
        int beyond = 0;
        for (int draw = 0; draw < draws; draw++) {
            double squares = 0;
            for (int i = 0; i < freedom && i < 100; i++) {
                double normal = random.nextGaussian();
                squares += normal * normal;
            }
            double deviation = Double.isInfinite(freedom) ? 1 : Math.sqrt(squares / freedom);
            double first = random.nextGaussian();
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < comparisons; i++) {
                largest = Math.max(largest, random.nextGaussian());
            }
            beyond += largest - first > limit * deviation * Math.sqrt(2) ? 1 : 0;
        }
        assertThat(beyond / (double) draws).isCloseTo(.0125, within(.001));
    }
}
