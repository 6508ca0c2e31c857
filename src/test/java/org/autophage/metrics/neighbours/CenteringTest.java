package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import org.autophage.metrics.features.Features;
import org.junit.jupiter.api.Test;

/** Shift and scale, by hand. */
class CenteringTest {
    @Test
    void setsAreCenteredOnTheMeanOfAllTheirRows() {
        Features one = Features.ofRows(2, new double[] {0, 1, 4, 1});
        Features other = Features.ofRows(2, new double[] {8, 1, 8, 5});
        Centering centering = Centering.of(one, other);
        assertThat(centering.center()).containsExactly(5, 2);
        // The longest row is (0, 1) - (5, 2), of length √26.
        assertThat(centering.scale()).isEqualTo(1 / 4.0);
        double[] row = new double[2];
        centering.row(other, 1, row);
        assertThat(row).containsExactly(3 / 4.0, 3 / 4.0);
    }

    @Test
    void theLongestRowEndsBetweenOneAndTwo() {
        for (double size : new double[] {1e-12, .9, 1, 3, 1e9}) {
            Features set = Features.ofRows(1, new double[] {-size, size});
            assertThat(size * Centering.of(set).scale()).isBetween(1.0, 2.0);
        }
        assertThat(Centering.of(Features.ofRows(1, new double[] {7, 7})).scale())
                .isOne();
    }
}
