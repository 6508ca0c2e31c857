package org.autophage.metrics.sequence;

import java.util.Arrays;
import org.autophage.data.Tokens;

/**
 * The law of single tokens as sequences show it: entropy and heterozygosity of their shares among all tokens, as they are, without a
 * correction for their number (the honest sample beside them has the same bias).
 *
 * @param entropy nats
 * @param heterozygosity 1 − Σq²
 * @param entropyError how far the entropy varies when as many other sequences of the same law are drawn
 * @param heterozygosityError likewise
 */
public record UnigramLaw(double entropy, double heterozygosity, double entropyError, double heterozygosityError) {
    /**
     * Counts tokens. Errors are s/√n of the sequences' influences (infinitesimal jackknife), as tokens of one sequence depend on each
     * other.
     *
     * @param sequences of one replica, with one token at least
     */
    public static UnigramLaw of(Tokens sequences) {
        double[] shares = shares(sequences);
        double entropy = -Arrays.stream(shares)
                .filter(share -> share > 0)
                .map(share -> share * Math.log(share))
                .sum();
        double squares = Arrays.stream(shares).map(share -> share * share).sum();
        return new UnigramLaw(
                entropy,
                1 - squares,
                error(sequences, token -> -Math.log(shares[token]) - entropy),
                error(sequences, token -> 2 * (squares - shares[token])));
    }

    /** How frequent each token of the vocabulary is among all. */
    public static double[] shares(Tokens sequences) {
        double[] shares = new double[sequences.vocabulary().size()];
        for (int token : sequences.values()) {
            shares[token]++;
        }
        double all = sequences.values().length;
        return Arrays.stream(shares).map(count -> count / all).toArray();
    }

    /** What a token's share adds to a figure. */
    private interface Influence {
        double of(int token);
    }

    private static double error(Tokens sequences, Influence influence) {
        double meanLength = (double) sequences.values().length / sequences.count();
        double squares = 0;
        for (int i = 0; i < sequences.count(); i++) {
            double sum = 0;
            for (int at = sequences.starts()[i]; at < sequences.starts()[i + 1]; at++) {
                sum += influence.of(sequences.values()[at]);
            }
            squares += sum * sum / (meanLength * meanLength);
        }
        return Math.sqrt(squares) / sequences.count();
    }
}
