package org.autophage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void intervalOfThreeSeedsIsTheOneComputedByHand() {
        // mean 4, s² = (4 + 0 + 4) / 2 = 4, t(0.975, 2) = 4.302653 from a printed table: 4.302653 · 2 / √3
        Estimate estimate = Estimate.of(List.of(2.0, 4.0, 6.0));
        assertThat(estimate.mean()).isEqualTo(4);
        assertThat(estimate.halfWidth()).isCloseTo(4.968276, within(2e-6));
    }

    @Test
    void intervalOfTwoSeedsIsTheOneComputedByHand() {
        // s = √0.5, so s / √2 = 0.5, t(0.975, 1) = 12.706205
        assertThat(Estimate.of(List.of(1.0, 2.0)).halfWidth()).isCloseTo(6.353102, within(2e-6));
    }

    @Test
    void singleSeedHasNoInterval() {
        Estimate estimate = Estimate.of(List.of(3.5));
        assertThat(estimate.mean()).isEqualTo(3.5);
        assertThat(estimate.hasInterval()).isFalse();
        assertThat(estimate.excludesZero()).isFalse();
    }

    @Test
    void noSeedIsNoValue() {
        assertThat(Estimate.of(List.of()).isPresent()).isFalse();
    }

    @Test
    void changeIsPairedBySeedAndLeavesOutSeedsOfOneSide() {
        Estimate change = Estimate.ofPairedChange(Map.of(0L, 1.0, 1L, 5.0, 2L, 9.0), Map.of(0L, 2.0, 1L, 7.0));
        assertThat(change.seeds()).isEqualTo(2);
        assertThat(change.mean()).isEqualTo(1.5);
        assertThat(change.halfWidth()).isCloseTo(6.353102, within(2e-6));
    }

    @Test
    void changeThatIsTheSameInEverySeedExcludesZero() {
        assertThat(Estimate.ofPairedChange(Map.of(0L, 1.0, 1L, 5.0), Map.of(0L, 2.0, 1L, 6.0))
                        .excludesZero())
                .isTrue();
    }
}
