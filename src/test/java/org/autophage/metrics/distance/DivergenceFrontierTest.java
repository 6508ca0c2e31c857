package org.autophage.metrics.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DivergenceFrontierTest {
    private static double[] law(IntToDoubleFunction weight) {
        double[] weights =
                IntStream.rangeClosed(1, 10).mapToDouble(weight::applyAsDouble).toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(each -> each / sum).toArray();
    }

    /** mauve-text: get_divergence_curve_for_multinomials and the mean of both areas, of 25 mixtures and c = 5. */
    @Test
    void equalsTheAuthorsPackage() {
        assertThat(DivergenceFrontier.area(new double[] {.5, .3, .2, 0}, new double[] {.1, .2, .3, .4}))
                .isCloseTo(0.2711696522515651, within(1e-12));
        double[] zipf = law(rank -> 1.0 / rank);
        assertThat(DivergenceFrontier.area(zipf, law(rank -> Math.pow(rank, -1.5))))
                .isCloseTo(0.9807623315131324, within(1e-12));
        assertThat(DivergenceFrontier.area(new double[] {1, 0}, new double[] {0, 1}))
                .isCloseTo(0.0040720962619612555, within(1e-12));
        assertThat(DivergenceFrontier.area(zipf, zipf)).isCloseTo(1, within(1e-12));
    }

    /** Where the mixtures are the laws to the last digit, every point of the curve is its corner. */
    @Test
    void equalHistogramsHaveTheAreaOne() {
        for (double[] law : new double[][] {{1}, {0.5, 0.5}, {0.37, 0.12, 0.51}, {0.25, 0.25, 0.25, 0.25}}) {
            assertThat(DivergenceFrontier.area(law, law)).isCloseTo(1, within(1e-12));
        }
    }
}
