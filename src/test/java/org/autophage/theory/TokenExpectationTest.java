package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.autophage.loop.KeptShares;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Measures;
import org.junit.jupiter.api.Test;

class TokenExpectationTest {
    private static final double HARMONIC =
            IntStream.rangeClosed(1, 50).mapToDouble(i -> 1.0 / i).sum();
    private static final double[] ZIPF =
            IntStream.rangeClosed(1, 50).mapToDouble(i -> 1 / (i * HARMONIC)).toArray();

    private static Map<?, ?> expected(LoopSpec loop, int t) {
        return (Map<?, ?>) Objects.requireNonNull(new TokenExpectation(loop.dataMix(), KeptShares.ALL, t, ZIPF)
                .of(t, Measures.NONE)
                .toMap()
                .get("expected"));
    }

    private static double diversity(LoopSpec loop, int t) {
        return ((Number) Objects.requireNonNull(expected(loop, t).get("heterozygosity"))).doubleValue();
    }

    private static double distinct(LoopSpec loop, int t) {
        return ((Number) Objects.requireNonNull(expected(loop, t).get("distinctTokens"))).doubleValue();
    }

    /** Closed forms of each mix, and what 4,000 loops in NumPy gave (.90706 ± .0003, .88718 ± .0005, .91232). */
    @Test
    void heterozygosityIsThatOfEveryMix() {
        assertThat(diversity(LoopSpec.fullySynthetic(40, 200, 200), 40)).isCloseTo(0.75262, within(5e-6));
        assertThat(diversity(LoopSpec.accumulate(30, 200, 200), 30)).isCloseTo(0.91232, within(5e-6));
        assertThat(diversity(LoopSpec.freshData(80, 200, 160, 40), 80)).isCloseTo(0.90708, within(5e-6));
        assertThat(diversity(LoopSpec.syntheticAugmentation(80, 40, 160, 40), 80))
                .isCloseTo(0.88687, within(5e-6));
    }

    @Test
    void tokensAreCountedWhereTheChainIsKnown() {
        assertThat(distinct(LoopSpec.fullySynthetic(10, 200, 200), 10)).isCloseTo(17.916, within(5e-4));
        assertThat(distinct(LoopSpec.accumulate(1, 200, 200), 1)).isCloseTo(41.076, within(5e-4));
        assertThat(expected(LoopSpec.accumulate(10, 200, 200), 10).get("distinctTokens"))
                .isNull();
    }
}
