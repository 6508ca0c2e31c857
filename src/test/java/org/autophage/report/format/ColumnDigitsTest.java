package org.autophage.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.autophage.measure.Metrics;
import org.autophage.report.records.Estimate;
import org.junit.jupiter.api.Test;

class ColumnDigitsTest {
    @Test
    void theMedianHalfWidthHasTwoSignificantDigits() {
        assertThat(digits(0.62, 0.5, 0.125)).isEqualTo(2);
        assertThat(digits(12, 45, 130)).isZero();
        assertThat(digits(0.012)).isEqualTo(3);
    }

    @Test
    void theSmallestHalfWidthHasOneSoThatItIsNotZero() {
        assertThat(digits(12, 0.045)).isEqualTo(2);
        assertThat(digits(12, 12, 0.00045)).isEqualTo(4);
    }

    /** Three seeds of one value: the half-width is what is left of floating point. */
    @Test
    void noiseOfFloatingPointIsNoInterval() {
        assertThat(digits(0.62, 1e-13)).isEqualTo(2);
        assertThat(digits(1e-13)).isEqualTo(1);
    }

    @Test
    void withoutIntervalsTheMedianValueDecides() {
        List<Estimate> alone = List.of(Estimate.alone(3.14159, 1), Estimate.alone(31.4, 1), Estimate.alone(35, 1));
        assertThat(ColumnDigits.of(Metrics.FRECHET_DISTANCE, alone)).isEqualTo(1);
        assertThat(ColumnDigits.of(Metrics.RECALL, alone)).isEqualTo(3);
        assertThat(ColumnDigits.of(Metrics.FRECHET_DISTANCE, List.of())).isEqualTo(3);
    }

    private static int digits(double... halfWidths) {
        return ColumnDigits.of(
                Metrics.FRECHET_DISTANCE,
                DoubleStream.of(halfWidths)
                        .mapToObj(half -> new Estimate(34.5, 34.5 - half, 34.5 + half, 0.01, 3))
                        .toList());
    }
}
