package org.autophage.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.loop.LoopSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenChainTest {
    private static final double HARMONIC =
            IntStream.rangeClosed(1, 50).mapToDouble(i -> 1.0 / i).sum();
    private static final double[] ZIPF =
            IntStream.rangeClosed(1, 50).mapToDouble(i -> 1 / (i * HARMONIC)).toArray();

    /** Values of a chain's matrix powers in NumPy; 4,000 simulated loops agreed with them. */
    @ParameterizedTest
    @CsvSource({"1,.5898,41.076", "2,.4310,35.082", "5,.2436,25.235", "10,.1434,17.916", "40,.0429,7.413"})
    void tokensDieOutAsInNumPy(int generation, double rarest, double distinct) {
        double[] survival = TokenChain.of(200).survival(ZIPF, generation);
        assertThat(survival[49]).isCloseTo(rarest, within(5e-5));
        assertThat(Arrays.stream(survival).sum()).isCloseTo(distinct, within(5e-4));
    }

    @Test
    void allGenerationsAreAsOneByOne() {
        TokenChain chain = TokenChain.of(60);
        List<double[]> all = chain.survivals(ZIPF, 5);
        for (int t = 1; t <= 5; t++) {
            assertThat(all.get(t - 1)).containsExactly(chain.survival(ZIPF, t), within(1e-12));
        }
    }

    /** In generation 1 by the formula: a token is in the fit unless all n draws are others. */
    @Test
    void theFirstFitHasWhatWasDrawn() {
        double[] survival = TokenChain.of(30).survival(new double[] {0.1, 0.9}, 1);
        assertThat(survival[0]).isCloseTo(1 - Math.pow(0.9, 30), within(1e-12));
        assertThat(survival[1]).isCloseTo(1 - Math.pow(0.1, 30), within(1e-12));
    }

    /** E q(1 − q) summed over tokens is the heterozygosity, H₀(1 − 1/n)ᵗ; the mean share stays. */
    @Test
    void heterozygosityFallsByOneInN() {
        TokenChain chain = TokenChain.of(200);
        double first = 1 - Arrays.stream(ZIPF).map(p -> p * p).sum();
        for (int t : new int[] {1, 10, 40}) {
            double sum = Arrays.stream(chain.expectation(ZIPF, t, c -> c / 200.0 * (1 - c / 200.0)))
                    .sum();
            assertThat(sum).isCloseTo(first * Math.pow(1 - 1 / 200.0, t), within(1e-9));
            assertThat(chain.expectation(ZIPF, t, c -> c / 200.0)[0]).isCloseTo(ZIPF[0], within(1e-9));
        }
    }

    /** The diffusion's 2n[−p ln p − (1 − p) ln(1 − p)] is 61.09; the chain itself takes 59.37 generations after the law p. */
    @Test
    void twoTokensBecomeOne() {
        assertThat(TokenChain.of(50).meanFixation(0.3)).isCloseTo(59.37, within(0.005));
    }

    /** Values of the chain's matrix powers in NumPy, of n = 200, 50 tokens of Zipf's law and a = .5. */
    @ParameterizedTest
    @CsvSource({"1,.0966", "2,.1700", "5,.3523", "10,.6050", "20,.9515", "40,1.1575"})
    void smoothingOvershootsTheUniformLaw(int generation, double gap) {
        TokenChain chain = new TokenChain(200, c -> (c + 0.5) / 225);
        double[] logs = chain.expectation(ZIPF, generation, c -> Math.log((c + 0.5) / 225));
        double found = IntStream.range(0, 50)
                .mapToDouble(i -> ZIPF[i] * (Math.log(ZIPF[i]) - logs[i]))
                .sum();
        assertThat(found).isCloseTo(gap, within(5e-5));
    }

    /**
     * A token is a point with one coordinate a token, 1 or 0; heterozygosity is the sum of the fitted variances. So the variance of a
     * Gaussian that is divided by n, relative to the real one, is that of the heterozygosity, in every mix.
     */
    @Test
    void heterozygosityIsAVariance() {
        int t = 30;
        double product = IntStream.rangeClosed(1, t)
                .mapToDouble(k -> 1 - 1 / (200.0 * k * k))
                .reduce(1, (a, b) -> a * b);
        double accumulated = ExpectedMoments.of(LoopSpec.accumulate(t, 200, 200).dataMix(), 1, false, t)
                .orElseThrow()
                .get(t - 1)
                .variance();
        assertThat(accumulated).isCloseTo(product, within(1e-9));
    }
}
