package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TruncationTest {
    private static double[] cut(Truncation truncation) {
        double[] law = {9, 0.1, 0.4, 0.2, 0.3, 9};
        truncation.cut(law, 1, 4);
        assertThat(law[0]).isEqualTo(9);
        assertThat(law[5]).isEqualTo(9);
        return new double[] {law[1], law[2], law[3], law[4]};
    }

    @Test
    void theFewestThatAddUpToTopPAreLeft() {
        assertThat(cut(new Truncation(0.7, null)))
                .containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-12));
        assertThat(cut(new Truncation(0.71, null)))
                .containsExactly(new double[] {0, 4 / 9.0, 2 / 9.0, 3 / 9.0}, within(1e-12));
        assertThat(cut(new Truncation(1e-9, null))).containsExactly(new double[] {0, 1, 0, 0}, within(1e-12));
        assertThat(cut(new Truncation(1.0, null))).containsExactly(new double[] {0.1, 0.4, 0.2, 0.3}, within(1e-12));
    }

    /** Top-p is of what top-k left: 4/9 and 3/9 are the fewest that add up to .7. */
    @Test
    void topKComesFirst() {
        assertThat(cut(new Truncation(null, 3)))
                .containsExactly(new double[] {0, 4 / 9.0, 2 / 9.0, 3 / 9.0}, within(1e-12));
        assertThat(cut(new Truncation(0.7, 3))).containsExactly(new double[] {0, 4 / 7.0, 0, 3 / 7.0}, within(1e-12));
        assertThat(cut(Truncation.NONE)).containsExactly(0.1, 0.4, 0.2, 0.3);
    }
}
