package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.autophage.metrics.features.Features;
import org.junit.jupiter.api.Test;

/** Against ½ + TV/2, which no classifier exceeds and the best one has. */
class TwoSampleClassifierTest {
    private static Features normal(long seed, int count, int width, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + deviation * random.nextGaussian();
        }
        return Features.ofRows(width, values);
    }

    /** 40,000 samples are asked about: 4 standard errors are .0095 to .01, what is not learnt well costs far less. */
    @Test
    void theBestClassifierOfGaussiansHasHalfTheTotalVariationBeyondAHalf() {
        Features real = normal(1, 40_000, 1, 0, 1);
        TwoSampleClassifier narrower = TwoSampleClassifier.of(real, normal(2, 40_000, 1, 0, 0.5));
        // ½ + TV/2 of N(0, 1) and N(0, ¼): with x² = (2/3) ln 2 where their densities cross, .66134
        assertThat(narrower.accuracy()).isCloseTo(0.66134, within(0.0095));
        TwoSampleClassifier shifted = TwoSampleClassifier.of(real, normal(3, 40_000, 1, 0.5, 1));
        assertThat(shifted.accuracy()).isCloseTo(0.59871, within(0.01)); // Φ(.25)
        assertThat(shifted.tested()).isEqualTo(40_000);
        assertThat(shifted.deviations()).isCloseTo(2 * 0.09871 * 200, within(4.0));
    }

    /** Correlation ½ and none: equal means and variances. ½ + TV/2 = .5924 (numpy, 10⁷ points of the densities' ratio). */
    @Test
    void covariancesAreToldApartWhereThereAreSamplesEnough() {
        SplittableRandom random = new SplittableRandom(7);
        double[] values = new double[2 * 40_000];
        for (int i = 0; i < values.length; i += 2) {
            values[i] = random.nextGaussian();
            values[i + 1] = 0.5 * values[i] + Math.sqrt(0.75) * random.nextGaussian();
        }
        TwoSampleClassifier correlated = TwoSampleClassifier.of(normal(8, 40_000, 2, 0, 1), Features.ofRows(2, values));
        assertThat(correlated.terms()).isEqualTo(5);
        assertThat(correlated.accuracy()).isCloseTo(0.5924, within(0.01));
        assertThat(TwoSampleClassifier.of(normal(8, 40, 2, 0, 1), normal(9, 40, 2, 0, 1))
                        .terms())
                .as("40 rows to learn from are too few for 5 terms")
                .isEqualTo(4);
    }

    /**
     * Of 400 pairs of equal laws 5% have z > 1.645 but for chance and for z being discrete: at most .05 + 4 √(.05 · .95 / 400) = .094; z has
     * mean 0 within 4/√400 and a deviation of at most 1, within 4/√800. More terms than rows change nothing in it.
     */
    @Test
    void equalLawsAreFairCoinsWhateverTheNumberOfTerms() {
        for (int width : new int[] {1, 3, 40}) {
            int beyond = 0;
            double sum = 0;
            double squares = 0;
            for (int pair = 0; pair < 400; pair++) {
                double z = TwoSampleClassifier.of(
                                normal(1000 + pair, 60, width, 0, 1), normal(2000 + pair, 60, width, 0, 1))
                        .deviations();
                beyond += z > 1.645 ? 1 : 0;
                sum += z / 400;
                squares += z * z / 400;
            }
            assertThat(beyond / 400.0).as("width %d", width).isLessThan(0.094);
            assertThat(sum).as("width %d", width).isCloseTo(0, within(0.2));
            assertThat(Math.sqrt(squares)).as("width %d", width).isCloseTo(0.93, within(0.21));
        }
    }

    @Test
    void setsThatNeverMeetAreToldApartAndTheLargerOneIsCut() {
        TwoSampleClassifier apart = TwoSampleClassifier.of(normal(1, 101, 50, 0, 1), normal(2, 300, 50, 9, 1));
        assertThat(apart.accuracy()).isEqualTo(1);
        assertThat(apart.tested()).isEqualTo(102);
        Features same = Features.ofRows(2, new double[8]);
        assertThat(TwoSampleClassifier.of(same, same).accuracy())
                .as("features that do not vary")
                .isEqualTo(0.5);
    }
}
