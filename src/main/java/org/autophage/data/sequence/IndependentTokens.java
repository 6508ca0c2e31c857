package org.autophage.data.sequence;

import java.util.Arrays;
import java.util.Optional;
import org.autophage.data.CounterRandom;
import org.autophage.data.Discrete;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenTable;
import org.autophage.data.Vocabulary;

/** A categorical law: sequences of one token. */
final class IndependentTokens implements TokenLaw {
    private final Vocabulary vocabulary;
    private final double[] probabilities;
    private final Discrete law;

    /** @param probabilities of each token; they sum to 1 */
    IndependentTokens(double[] probabilities) {
        this.vocabulary = Vocabulary.numbered(probabilities.length);
        this.probabilities = probabilities;
        this.law = new Discrete(probabilities, 0, probabilities.length);
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] draw(long index, CounterRandom random) {
        return new int[] {law.at(random.uniform())};
    }

    @Override
    public double logProbability(int[] sequence) {
        return sequence.length == 1 ? Math.log(probabilities[sequence[0]]) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double entropy() {
        return Discrete.entropy(probabilities, 0, probabilities.length);
    }

    @Override
    public double meanLength() {
        return 1;
    }

    @Override
    public double[] frequencies() {
        return probabilities.clone();
    }

    @Override
    public Optional<TokenTable> table() {
        return Optional.of(new TokenTable(1, 1, probabilities.length, probabilities));
    }

    @Override
    public String toString() {
        return "categorical " + Arrays.toString(probabilities);
    }
}
