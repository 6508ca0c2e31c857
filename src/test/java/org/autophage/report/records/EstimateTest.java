package org.autophage.report.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autophage.measure.Measure;
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
        Estimate estimate = Estimate.ofMeasurements(List.of(new Measure(3, 0.5, 20)));
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.halfWidth()).isCloseTo(1.046512, within(2e-6));
    }

    @Test
    void severalSeedsOfReplicasArePooled() {
        // standard error √(.3² + .4²) / 2 = .25, t(0.975, 2 · 10) = 2.085963
        Estimate estimate = Estimate.ofMeasurements(List.of(new Measure(1, 0.3, 11), new Measure(2, 0.4, 11)));
        assertThat(estimate.mean()).isEqualTo(1.5);
        assertThat(estimate.halfWidth()).isCloseTo(0.521491, within(2e-6));
    }

    @Test
    void aChangeOfReplicasHasAtMostTheSumOfBothErrors() {
        Estimate change =
                Estimate.ofPairedChange(Map.of(0L, new Measure(3, 0.2, 20)), Map.of(0L, new Measure(5, 0.3, 20)));
        assertThat(change.mean()).isEqualTo(2);
        assertThat(change.halfWidth()).isCloseTo(1.046512, within(2e-6));
    }

    /** scipy: stats.ttest_ind(a, b, equal_var=False), its confidence_interval(), with a − b there. */
    @Test
    void independentSeedsAreComparedAsScipyDoes() {
        Estimate difference = Estimate.ofDifference(List.of(2.2, 2.9, 1.1), List.of(1.2, 3.4, 2.2, 5.0, 4.1));
        assertThat(difference.low()).isCloseTo(-0.9799164530243583, within(1e-9));
        assertThat(difference.high()).isCloseTo(3.2065831196910257, within(1e-9));
        assertThat(difference.probability()).isCloseTo(0.24037698986615225, within(1e-9));
        assertThat(Estimate.ofDifference(List.of(1.0), List.of(2.0, 3.0)).hasInterval())
                .isFalse();
        assertThat(Estimate.ofDifference(List.of(1.0, 1.0), List.of(2.0, 2.0)).excludesZero())
                .isTrue();
    }

    /** scipy: stats.ttest_1samp([2, 4, 6], 0).pvalue. */
    @Test
    void theProbabilityIsThatOfTheTTest() {
        assertThat(Estimate.of(List.of(2.0, 4.0, 6.0)).probability()).isCloseTo(0.0741799002274485, within(1e-9));
    }

    /** The interval of 9 seeds is within a tenth of its width of the normal one, and inside the seeds' range. */
    @Test
    void theBootstrapResamplesSeeds() {
        List<Double> values = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
        Estimate estimate = IntervalMethod.BOOTSTRAP.of(values);
        double half = 1.96 * Math.sqrt(60.0 / 9) / 3; // of the population of the nine
        assertThat(estimate.mean()).isEqualTo(5);
        assertThat(estimate.low()).isCloseTo(5 - half, within(half / 10));
        assertThat(estimate.high()).isCloseTo(5 + half, within(half / 10));
        Estimate apart = IntervalMethod.BOOTSTRAP.ofDifference(values, List.of(21.0, 22.0, 23.0, 24.0, 25.0));
        assertThat(apart.mean()).isEqualTo(18);
        assertThat(apart.low()).isBetween(15.5, 17.0);
        assertThat(apart.high()).isBetween(19.0, 20.5);
    }

    @Test
    void armsWithoutCommonSeedsAreIndependent() {
        Map<Long, Measure> other = Map.of(7L, Measure.of(3), 8L, Measure.of(4));
        assertThat(Contrast.of(seeds(1, 2), other, IntervalMethod.T).paired()).isFalse();
        assertThat(Contrast.of(seeds(1, 2), other, IntervalMethod.T).change().hasInterval())
                .isTrue();
        assertThat(Contrast.of(seeds(1, 2), seeds(4, 5), IntervalMethod.T).paired())
                .isTrue();
    }

    private static Map<Long, Measure> seeds(double... values) {
        Map<Long, Measure> seeds = new TreeMap<>();
        for (int seed = 0; seed < values.length; seed++) {
            seeds.put((long) seed, Measure.of(values[seed]));
        }
        return seeds;
    }
}
