package org.autophage.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    /** sklearn.metrics.roc_auc_score and the normal deviate of scipy.stats.mannwhitneyu (asymptotic, uncorrected). */
    @Test
    void equalsThePeersOnTies() {
        MannWhitney result = MannWhitney.of(new double[] {1, 2, 2, 3, 7}, new double[] {2, 2, 0, 5});
        assertThat(result.larger()).isEqualTo(12);
        assertThat(result.share()).isCloseTo(0.6, within(1e-15));
        assertThat(result.deviations()).isCloseTo(0.5116817192534651, within(1e-12));
        assertThat(MannWhitney.of(new double[] {5, 5}, new double[] {5}).deviations())
                .isZero();
        assertThatThrownBy(() -> MannWhitney.of(new double[0], new double[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Of N(1.5, 1) and N(0, 1) Φ(1.5/√2); the standard error of 20,000 pairs of samples is at most 1/√(4 · 20,000) = .0035. */
    @Test
    void theAreaUnderTheCurveOfAShift() {
        SplittableRandom random = new SplittableRandom(1);
        double[] outliers =
                random.doubles(20_000).map(u -> 1.5 + random.nextGaussian()).toArray();
        double[] inliers =
                random.doubles(20_000).map(u -> random.nextGaussian()).toArray();
        assertThat(MannWhitney.of(outliers, inliers).share()).isCloseTo(0.85558, within(0.01));
    }
}
