package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.loop.KeptShares;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;

class GaussianExpectationTest {
    private final GaussianExpectation expectation =
            new GaussianExpectation(LoopSpec.freshData(5, 100, 100, 100).dataMix(), KeptShares.ALL, 5, 100, 1, true);

    @Test
    void effectiveSamplesHaveTheErrorOfTheDistance() {
        // real data alone, d = 100: 14.13 at n = 200, and 11.11 at n = 250: about 16 points a unit between them
        Measures told = expectation.of(
                2,
                Measures.builder().add(Metrics.SQUARED_WASSERSTEIN, 12.5, 0.1).build());
        assertThat(told.value(Metrics.EFFECTIVE_SAMPLES).orElseThrow()).isCloseTo(225, within(3.0));
        assertThat(told.standardError(Metrics.EFFECTIVE_SAMPLES).orElseThrow()).isCloseTo(1.66, within(0.1));
        assertThat(told.value(Metrics.SQUARED_WASSERSTEIN)).isEmpty();
    }

    @Test
    void withoutReplicasThereIsNoError() {
        Measures told = expectation.of(
                2, Measures.builder().add(Metrics.SQUARED_WASSERSTEIN, 12.5).build());
        assertThat(told.value(Metrics.EFFECTIVE_SAMPLES)).isPresent();
        assertThat(told.standardError(Metrics.EFFECTIVE_SAMPLES)).isEmpty();
    }
}
