package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A share below 1 is never "100%", and one above 0 never "0%". */
class ClassifierPercentTest {
    @ParameterizedTest
    @CsvSource({
        "0.62, 62%",
        "0.993, 99.3%",
        "0.9998, 99.98%",
        "0.999999, 99.9999%",
        "1, 100%",
        "0, 0%",
        "0.0004, 0.04%",
        "0.005, 1%",
        "0.9999999999999999, 99.99999999999999%",
        "0.99, 99.0%"
    })
    void aShareIsRoundedButNotToAllOrNone(double share, String text) {
        assertThat(ClassifierAccuracy.percent(share)).isEqualTo(text);
    }
}
