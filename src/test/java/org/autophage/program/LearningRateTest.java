package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void risesLinearlyAndFallsToZero() {
        LearningRate rate = LearningRate.cosine(0.4, 1000);
        assertThat(rate.at(0)).isCloseTo(0.4 / 50, within(1e-6));
        assertThat(rate.at(500)).isCloseTo(0.2, within(1e-12));
        assertThat(rate.at(999)).isBetween(0.0, 1e-5);
        // A single step of rise: the first step has the whole rate.
        assertThat(LearningRate.cosine(0.4, 3).at(0)).isEqualTo(0.4);
        assertThat(LearningRate.cosine(0.4, 100_000).at(99)).isCloseTo(0.2, within(1e-5));
        assertThat(LearningRate.constant(0.4).at(100_000)).isEqualTo(0.4);
    }

    @Test
    void fallsToAnotherRate() {
        LearningRate rate = LearningRate.cosine(0.4, 0.1, 10, 100);
        assertThat(rate.at(0)).isCloseTo(0.04, within(1e-3));
        assertThat(rate.at(50)).isCloseTo(0.25, within(1e-12));
        assertThat(rate.at(100)).isCloseTo(0.1, within(1e-12));
        assertThat(LearningRate.cosine(0.4, 0.4, 0, 100).at(0)).isEqualTo(0.4);
    }
}
