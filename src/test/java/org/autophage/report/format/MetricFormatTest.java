package org.autophage.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.autophage.measure.Metrics;
import org.autophage.report.records.Estimate;
import org.junit.jupiter.api.Test;

class MetricFormatTest {
    @Test
    void sharesHaveThreeDecimalsAndDistancesThreeDigits() {
        assertThat(MetricFormat.of(Metrics.of("recall"), 0.41256)).isEqualTo("0.413");
        assertThat(MetricFormat.of(Metrics.of("frechetDistance"), 3.14159)).isEqualTo("3.14");
        assertThat(MetricFormat.of(Metrics.of("frechetDistance"), 1234.5)).isEqualTo("1234");
        assertThat(MetricFormat.of(Metrics.of("frechetDistance"), 0.0012345)).isEqualTo("0.00123");
        assertThat(MetricFormat.of(Metrics.of("trainSeconds"), 12.345)).isEqualTo("12.3");
    }

    @Test
    void halfWidthHasTheDecimalsOfTheMean() {
        assertThat(MetricFormat.of(Metrics.of("frechetDistance"), interval(15.678, 0.0449)))
                .isEqualTo("15.7 ± 0.0");
        assertThat(MetricFormat.of(Metrics.of("recall"), interval(0.5, 0.01234)))
                .isEqualTo("0.500 ± 0.012");
    }

    @Test
    void changesCarryTheirSign() {
        assertThat(MetricFormat.change(Metrics.of("recall"), interval(-0.25, 0.031), 0.5))
                .isEqualTo("−0.250 ± 0.031");
        assertThat(MetricFormat.change(Metrics.of("recall"), Estimate.alone(0.25, 1), 0.5))
                .isEqualTo("+0.250");
    }

    @Test
    void unknownMetricsAreNamedAfterTheirKey() {
        assertThat(Metrics.of("spectralGap").label()).isEqualTo("Spectral gap");
    }

    @Test
    void endsThatAreNotEquallyFarAreBothGiven() {
        Estimate skewed = interval(0.5, 0.1).within(0.31, 0.58);
        assertThat(MetricFormat.of(Metrics.of("recall"), skewed)).isEqualTo("0.500 [0.310, 0.580]");
        assertThat(MetricFormat.change(Metrics.of("recall"), skewed, 0.5)).isEqualTo("+0.500 [0.310, 0.580]");
    }

    private static Estimate interval(double mean, double halfWidth) {
        return new Estimate(mean, mean - halfWidth, mean + halfWidth, 0.01, 3);
    }
}
