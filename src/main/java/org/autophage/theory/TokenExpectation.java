package org.autophage.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autophage.data.Discrete;
import org.autophage.loop.DataMix;
import org.autophage.loop.Expectation;
import org.autophage.loop.KeptShares;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.theory.ExpectedMoments.Moments;

/**
 * What is known of a loop of categorical laws that are fitted by counting: {@code expected}, a map with the closed-form expectations of
 * heterozygosity and of the number of distinct tokens.
 *
 * <p>A token is a point with a coordinate a token, of which its own is 1 and the others are 0, and heterozygosity is the sum of the fitted
 * variances: it falls as the variance of a Gaussian does that is divided by n, in every mix (arXiv 2404.05090).
 */
public final class TokenExpectation implements Expectation {
    /** Tokens of a generation up to which the chain of a count is followed: its table has the square of them. */
    private static final int LARGEST_CHAIN = 2_000;

    /** Numbers of all tokens' laws of their first count up to which they are kept (80 MB). */
    private static final long MOST_NUMBERS = 10_000_000;

    private final double[] law;
    private final DataMix mix;
    private final Optional<List<Moments>> moments;
    private final List<double[]> survivals;

    /**
     * @param mix what the training sets consist of
     * @param kept what is kept of them from generation 2 on, by chance
     * @param law of real tokens
     */
    public TokenExpectation(DataMix mix, KeptShares kept, int generations, double[] law) {
        this.law = law;
        this.mix = mix;
        this.moments = ExpectedMoments.of(mix, kept, 1, false, generations);
        boolean chain = mix.replaces()
                && kept.isAll()
                && mix.initial() == mix.made()
                && mix.made() <= LARGEST_CHAIN
                && (mix.made() + 1L) * law.length <= MOST_NUMBERS;
        this.survivals = chain ? TokenChain.of(mix.made()).survivals(law, generations) : List.of();
    }

    @Override
    public Measures of(int generation, Measures measured) {
        Measures.Builder expected = Measures.builder();
        moments.filter(known -> generation <= known.size()).ifPresent(known -> {
            double first = Discrete.heterozygosity(law);
            expected.expect(
                    Metrics.HETEROZYGOSITY, first * known.get(generation - 1).variance());
        });
        if (!survivals.isEmpty()) {
            expected.expect(
                    Metrics.DISTINCT_TOKENS,
                    Arrays.stream(survivals.get(generation - 1)).sum());
        } else if (generation == 1) {
            expected.expect(
                    Metrics.DISTINCT_TOKENS,
                    Arrays.stream(law)
                            .map(p -> 1 - Math.pow(1 - p, mix.initial()))
                            .sum());
        }
        return expected.build();
    }
}
