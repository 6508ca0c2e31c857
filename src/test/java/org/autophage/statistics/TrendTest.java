package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Slopes against scipy, adjusted p-values by hand. */
class TrendTest {
    @Test
    void theSlopeIsThatOfLinregress() {
        double[] y = {2.1, 2.9, 4.2, 4.8, 6.5, 6.6};
        double[] weights = Slope.weights(new double[] {1, 2, 3, 4, 5, 6});
        double slope = 0;
        for (int i = 0; i < y.length; i++) {
            slope += weights[i] * y[i];
        }
        assertThat(slope).isCloseTo(0.9685714285714285, within(1e-12));
        assertThat(Slope.weights(new double[] {3, 7})).containsExactly(-.25, .25);
    }

    @Test
    void onePlaceHasNoSlope() {
        assertThatThrownBy(() -> Slope.weights(new double[] {2, 2})).isInstanceOf(IllegalArgumentException.class);
    }

    /** .01 · 4, then .02 · 3, .03 · 2 and .04 · 1, none below the one before it. */
    @Test
    void holmsValuesAreThoseOfTheTextbook() {
        assertThat(Holm.adjusted(List.of(.04, .01, .03, .02))).containsExactly(.06, .04, .06, .06);
        assertThat(Holm.adjusted(List.of(.6, .7))).containsExactly(1.0, 1.0);
        assertThat(Holm.adjusted(List.of(.03))).containsExactly(.03);
        assertThat(Holm.adjusted(List.of())).isEmpty();
    }
}
