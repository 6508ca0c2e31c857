package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.Optional;
import org.autophage.data.Tokens;

/**
 * Distinct-n (Li et al., arXiv 1510.03055): how many different runs of n tokens there are, over how many there are. As a text grows that
 * falls, so that it is always of the same number of tokens.
 */
public final class DistinctShares {
    /** The longest runs. */
    public static final int LONGEST = 4;

    private DistinctShares() {}

    /**
     * The shares of runs of 1 to {@link #LONGEST} tokens; no run is of two sequences.
     *
     * @param sequences of one replica
     * @param tokens of the first so many, the last sequence cut short
     * @return nothing where there are fewer tokens, or no run of some length
     */
    public static Optional<double[]> of(Tokens sequences, int tokens) {
        if (sequences.values().length < tokens) {
            return Optional.empty();
        }
        Grams grams = new Grams();
        int[] different = new int[LONGEST];
        int[] all = new int[LONGEST];
        int[] starts = sequences.starts();
        for (int i = 0; i < sequences.count() && starts[i] < tokens; i++) {
            int end = Math.min(starts[i + 1], tokens);
            grams.meet(sequences.values(), starts[i], end, LONGEST, (run, before, n) -> {
                different[n] += run == before ? 1 : 0;
                all[n]++;
            });
        }
        if (Arrays.stream(all).anyMatch(count -> count == 0)) {
            return Optional.empty();
        }
        double[] shares = new double[LONGEST];
        Arrays.setAll(shares, n -> (double) different[n] / all[n]);
        return Optional.of(shares);
    }
}
