package org.autophage.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricTest {
    @Test
    void sharesHaveThreeDecimalsAndDistancesThreeDigits() {
        assertThat(Metric.of("recall").format(0.41256)).isEqualTo("0.413");
        assertThat(Metric.of("frechetDistance").format(3.14159)).isEqualTo("3.14");
        assertThat(Metric.of("frechetDistance").format(1234.5)).isEqualTo("1234");
        assertThat(Metric.of("frechetDistance").format(0.0012345)).isEqualTo("0.00123");
        assertThat(Metric.of("trainSeconds").format(12.345)).isEqualTo("12.3");
    }

    @Test
    void halfWidthHasTheDecimalsOfTheMean() {
        assertThat(Metric.of("frechetDistance").format(interval(15.678, 0.0449)))
                .isEqualTo("15.7 ± 0.0");
        assertThat(Metric.of("recall").format(interval(0.5, 0.01234))).isEqualTo("0.500 ± 0.012");
    }

    @Test
    void changesCarryTheirSign() {
        assertThat(Metric.of("recall").formatChange(interval(-0.25, 0.031), 0.5))
                .isEqualTo("−0.250 ± 0.031");
        assertThat(Metric.of("recall").formatChange(Estimate.alone(0.25, 1), 0.5))
                .isEqualTo("+0.250");
    }

    @Test
    void unknownMetricsAreNamedAfterTheirKey() {
        assertThat(Metric.of("spectralGap").label()).isEqualTo("Spectral gap");
    }

    @Test
    void endsThatAreNotEquallyFarAreBothGiven() {
        Estimate skewed = interval(0.5, 0.1).within(0.31, 0.58);
        assertThat(Metric.of("recall").format(skewed)).isEqualTo("0.500 [0.310, 0.580]");
        assertThat(Metric.of("recall").formatChange(skewed, 0.5)).isEqualTo("+0.500 [0.310, 0.580]");
    }

    private static Estimate interval(double mean, double halfWidth) {
        return new Estimate(mean, mean - halfWidth, mean + halfWidth, 0.01, 3);
    }
}
