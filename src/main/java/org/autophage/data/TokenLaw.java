package org.autophage.data;

import java.util.Optional;

/** A law that real sequences of tokens are drawn from, with what is known of it exactly. */
public interface TokenLaw {
    /** What its tokens stand for. */
    Vocabulary vocabulary();

    /**
     * Draws a sequence.
     *
     * @param index of the sample, by which a law may choose what it begins with
     */
    int[] draw(long index, CounterRandom random);

    /** Natural logarithm of the probability of a whole sequence; −∞ for one that the law never gives. */
    double logProbability(int[] sequence);

    /** Entropy of a sequence, nats. */
    double entropy();

    /** Tokens at the beginning of a sequence that are given rather than drawn, so that they have no probability. */
    default int given() {
        return 0;
    }

    /** Mean number of tokens of a sequence, without those that are given. */
    double meanLength();

    /** Entropy of a token, nats: what no model's cross-entropy on real sequences is below. */
    default double entropyRate() {
        return entropy() / meanLength();
    }

    /** How frequent each token is among all tokens of real sequences; sums to 1. */
    double[] frequencies();

    /** The class of every token of the vocabulary, such as nouns, from 0 on; empty where tokens have none. */
    default Optional<int[]> tokenClasses() {
        return Optional.empty();
    }

    /** The whole law as a table, where it has one. */
    default Optional<TokenTable> table() {
        return Optional.empty();
    }
}
