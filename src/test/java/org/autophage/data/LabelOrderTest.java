package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LabelOrderTest {
    private static int[] counts(LabelOrder order, int samples) {
        int[] counts = new int[order.classes()];
        for (int label : order.labels(0, samples)) {
            counts[label]++;
        }
        return counts;
    }

    @Test
    void equalSharesTakeTurns() {
        assertThat(LabelOrder.byShares(new int[] {7, 7, 7})).isEqualTo(LabelOrder.inTurn(3));
        assertThat(LabelOrder.inTurn(3).labels(4, 4)).containsExactly(1, 2, 0, 1);
        assertThat(LabelOrder.inTurn(3).at(3_000_000_001L)).isEqualTo(1);
    }

    /** By hand: class 0 is due at 1/6, 3/6 and 5/6 of a period, class 1 at 1/2; the lower class comes first. */
    @Test
    void sharesAreFollowedInAnOrderThatBeginsAgain() {
        LabelOrder order = LabelOrder.byShares(new int[] {300, 100});
        assertThat(order.labels(0, 8)).containsExactly(0, 0, 1, 0, 0, 0, 1, 0);
        assertThat(order.labels(5, 3)).containsExactly(0, 1, 0);
    }

    @Test
    void everyBeginningHasTheSharesAsNearlyAsItCan() {
        int[] shares = {28, 2, 0, 170, 1};
        LabelOrder order = LabelOrder.byShares(shares);
        int total = Arrays.stream(shares).sum();
        for (int samples = 0; samples <= 2 * total; samples++) {
            int[] counts = counts(order, samples);
            for (int label = 0; label < shares.length; label++) {
                double exact = (double) samples * shares[label] / total;
                assertThat(Math.abs(counts[label] - exact)).isLessThan(1.5);
            }
        }
        assertThat(counts(order, total)).isEqualTo(shares);
    }

    @Test
    void largeCountsAreExact() {
        LabelOrder order = LabelOrder.byShares(new int[] {1_000_000_007 / 1000, 3, 2_000_003});
        assertThat(counts(order, order.period() == null ? 0 : order.period().length))
                .containsExactly(1_000_000, 3, 2_000_003);
    }

    @Test
    void noImagesHaveNoShares() {
        assertThatThrownBy(() -> LabelOrder.byShares(new int[2])).hasMessageContaining("no shares");
    }
}
