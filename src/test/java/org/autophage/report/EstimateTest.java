package org.autophage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        Estimate change = Estimate.ofPairedChange(seeds(1, 5, 9), seeds(2, 7));
        assertThat(change.seeds()).isEqualTo(2);
        assertThat(change.mean()).isEqualTo(1.5);
        assertThat(change.halfWidth()).isCloseTo(6.353102, within(2e-6));
    }

    @Test
    void changeThatIsTheSameInEverySeedExcludesZero() {
        assertThat(Estimate.ofPairedChange(seeds(1, 5), seeds(2, 6)).excludesZero())
                .isTrue();
    }

    @Test
    void oneSeedOfReplicasHasTheIntervalOfTheirStandardError() {
        // t(0.975, 19) = 2.093024 from a printed table
        Estimate estimate = Estimate.ofMeasurements(List.of(new Measurement(3, 0.5, 20)));
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.halfWidth()).isCloseTo(1.046512, within(2e-6));
    }

    @Test
    void severalSeedsOfReplicasArePooled() {
        // standard error √(.3² + .4²) / 2 = .25, t(0.975, 2 · 10) = 2.085963
        Estimate estimate = Estimate.ofMeasurements(List.of(new Measurement(1, 0.3, 11), new Measurement(2, 0.4, 11)));
        assertThat(estimate.mean()).isEqualTo(1.5);
        assertThat(estimate.halfWidth()).isCloseTo(0.521491, within(2e-6));
    }

    @Test
    void aChangeOfReplicasHasAtMostTheSumOfBothErrors() {
        Estimate change = Estimate.ofPairedChange(
                Map.of(0L, new Measurement(3, 0.2, 20)), Map.of(0L, new Measurement(5, 0.3, 20)));
        assertThat(change.mean()).isEqualTo(2);
        assertThat(change.halfWidth()).isCloseTo(1.046512, within(2e-6));
    }

    private static Map<Long, Measurement> seeds(double... values) {
        Map<Long, Measurement> seeds = new TreeMap<>();
        for (int seed = 0; seed < values.length; seed++) {
            seeds.put((long) seed, Measurement.of(values[seed]));
        }
        return seeds;
    }
}
