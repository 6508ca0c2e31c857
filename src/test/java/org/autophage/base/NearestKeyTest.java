package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {
    /** Distances from Levenshtein's textbook examples. */
    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "saturday,sunday,3", "flaw,lawn,2", "same,same,0", "'',abc,3", "abc,'',3"})
    void editDistances(String from, String to, int distance) {
        assertThat(NearestKey.editDistance(from, to)).isEqualTo(distance);
        assertThat(NearestKey.editDistance(to, from)).isEqualTo(distance);
    }

    @Test
    void picksTheNearestWhateverTheCase() {
        List<String> keys = List.of("generations", "initial", "learningRate");
        assertThat(NearestKey.to("generation", keys)).isEqualTo("generations");
        assertThat(NearestKey.to("learningrate", keys)).isEqualTo("learningRate");
        assertThat(NearestKey.to("anything", List.of())).isEmpty();
    }
}
