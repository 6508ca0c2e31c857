package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void risesLinearlyAndFallsToZero() {
        LearningRate rate = LearningRate.of(0.4, 1000);
        assertThat(rate.warmUp()).isEqualTo(50);
        assertThat(rate.at(0)).isCloseTo(0.4 / 50, within(1e-6));
        assertThat(rate.at(500)).isCloseTo(0.2, within(1e-12));
        assertThat(rate.at(999)).isBetween(0.0, 1e-5);
        assertThat(LearningRate.of(0.4, 3).warmUp()).isEqualTo(1);
        assertThat(LearningRate.of(0.4, 100_000).warmUp()).isEqualTo(200);
    }
}
