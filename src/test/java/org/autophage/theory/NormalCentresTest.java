package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of the optimal quantizers of a normal law (Max 1960), and of a loop that was simulated. */
class NormalCentresTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, .63662", "3, .80983", "4, .88252", "8, .96545", "16, .99050", "32, .99750"})
    void theVarianceThatIsKept(int k, double variance) {
        assertThat(NormalCentres.of(k).variance(1)).isCloseTo(variance, within(5.1e-6));
    }

    @Test
    void aLoopComesToRest() {
        NormalCentres four = NormalCentres.of(4);
        double[] known = {.88252, .81976, 0, 0, .74518};
        double variance = 1;
        for (double each : known) {
            variance = four.variance(variance);
            if (each > 0) {
                assertThat(variance).isCloseTo(each, within(5.1e-6));
            }
        }
        for (int i = 0; i < 1000; i++) {
            variance = four.variance(variance);
        }
        assertThat(variance).isCloseTo(.71552, within(5.1e-6));
    }
}
