package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.autophage.loop.LoopSpec;
import org.junit.jupiter.api.Test;

class GaussianExpectationTest {
    private final GaussianExpectation expectation =
            new GaussianExpectation(LoopSpec.freshData(5, 100, 100, 100).dataMix(), 5, 100, 1, true);

    @Test
    void effectiveSamplesHaveTheErrorOfTheDistance() {
        // real data alone, d = 100: 14.13 at n = 200, and 11.11 at n = 250: about 16 points a unit between them
        Map<String, Object> entries = expectation.of(
                2, Map.of("squaredWasserstein", 12.5, "standardError", Map.of("squaredWasserstein", 0.1)));
        assertThat(entries.get("effectiveSamples"))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isCloseTo(225, within(3.0));
        assertThat(entries.get("standardError")).isInstanceOfSatisfying(Map.class, errors -> {
            assertThat(errors.get("effectiveSamples"))
                    .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                    .isCloseTo(1.66, within(0.1));
            assertThat(errors.get("squaredWasserstein")).isEqualTo(0.1);
        });
    }

    @Test
    void withoutReplicasThereIsNoError() {
        assertThat(expectation.of(2, Map.of("squaredWasserstein", 12.5))).doesNotContainKey("standardError");
    }
}
