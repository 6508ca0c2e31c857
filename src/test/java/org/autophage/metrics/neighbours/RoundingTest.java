package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bounds of rounding errors, against exact products and by the formula. */
class RoundingTest {
    @Test
    void raisedNumbersAreNotRoundedBelow() {
        SplittableRandom random = new SplittableRandom(1);
        for (Rounding rounding : Rounding.values()) {
            for (int i = 0; i < 1000; i++) {
                double number = random.nextDouble() * Math.scalb(1.0, random.nextInt(-60, 60));
                ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES);
                rounding.put(buffer, rounding.raised(number));
                buffer.flip();
                double stored = rounding == Rounding.FLOAT32 ? buffer.getFloat() : buffer.getDouble();
                assertThat(stored).isGreaterThanOrEqualTo(number).isLessThan(number * (1 + 1e-6));
            }
        }
    }

    /** γ of 102 + 18 roundings of 2⁻²⁴, twice, for a squared norm of 3; and what underflows. */
    @Test
    void theBoundIsHighams() {
        double gamma = 120 * 0x1p-24 / (1 - 120 * 0x1p-24);
        assertThat(Rounding.FLOAT32.bound(102, 3)).isCloseTo(6 * gamma, within(1e-15));
        double fine = 120 * 0x1p-53 / (1 - 120 * 0x1p-53);
        assertThat(Rounding.FLOAT64.bound(102, 3)).isCloseTo(6 * fine, within(1e-25));
        assertThat(Rounding.FLOAT32.bound(102, 0)).isEqualTo(102 * 0x1p-100);
        // The quotient matters where rows are very wide.
        assertThat(Rounding.FLOAT32.bound((1 << 22) - 18, 1)).isCloseTo(2 * .25 / .75, within(1e-12));
        assertThat(Rounding.FLOAT32.bound(1 << 23, 1)).isGreaterThan(1e6);
    }
}
