package org.autophage.data.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autophage.data.CounterRandom;
import org.autophage.data.Discrete;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenTable;
import org.autophage.data.Vocabulary;

/**
 * A chain in which each token depends on the one before: sequences of a length that begin with the stationary law, or pairs whose first
 * token is given in turn, so that every row of the table is drawn from equally often.
 */
final class MarkovChain implements TokenLaw {
    /** Steps of the iteration to the stationary law, and the change below which it has come there. */
    private static final int MOST_STEPS = 1_000_000;

    private static final double STILL = 1e-15;

    private final Vocabulary vocabulary;
    private final int size;
    private final double[] transitions;
    private final double[] stationary;
    private final int length;
    private final boolean pairs;
    private final Discrete first;
    private final List<Discrete> next = new ArrayList<>();

    /**
     * @param transitions (V, V), row-major; every row sums to 1
     * @param length of a sequence; 2 where the first token is given
     * @param pairs whether the first token is given
     */
    MarkovChain(double[] transitions, int length, boolean pairs) {
        this.size = (int) Math.round(Math.sqrt(transitions.length));
        this.vocabulary = Vocabulary.numbered(size);
        this.transitions = transitions;
        this.length = length;
        this.pairs = pairs;
        this.stationary = pairs ? uniform(size) : stationary(transitions, size);
        this.first = new Discrete(stationary, 0, size);
        for (int row = 0; row < size; row++) {
            next.add(new Discrete(transitions, row * size, size));
        }
    }

    private static double[] uniform(int size) {
        double[] law = new double[size];
        Arrays.fill(law, 1.0 / size);
        return law;
    }

    /** A law that the chain leaves as it is, by letting it stay with probability ½, so that no chain goes in circles. */
    private static double[] stationary(double[] transitions, int size) {
        double[] law = uniform(size);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] after = new double[size];
            double change = 0;
            for (int row = 0; row < size; row++) {
                for (int token = 0; token < size; token++) {
                    after[token] += law[row] * transitions[row * size + token] / 2;
                }
                after[row] += law[row] / 2;
            }
            for (int token = 0; token < size; token++) {
                change = Math.max(change, Math.abs(after[token] - law[token]));
            }
            law = after;
            if (change < STILL) {
                break;
            }
        }
        return law;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] draw(long index, CounterRandom random) {
        int[] sequence = new int[length];
        sequence[0] = pairs ? (int) (index % size) : first.at(random.uniform());
        for (int i = 1; i < length; i++) {
            sequence[i] = next.get(sequence[i - 1]).at(random.uniform());
        }
        return sequence;
    }

    @Override
    public double logProbability(int[] sequence) {
        if (sequence.length != length) {
            return Double.NEGATIVE_INFINITY;
        }
        double log = pairs ? 0 : Math.log(stationary[sequence[0]]);
        for (int i = 1; i < length; i++) {
            log += Math.log(transitions[sequence[i - 1] * size + sequence[i]]);
        }
        return log;
    }

    @Override
    public double entropy() {
        double entropy = pairs ? 0 : Discrete.entropy(stationary, 0, size);
        for (int row = 0; row < size; row++) {
            double share = pairs ? 1.0 / size : stationary[row] * (length - 1);
            entropy += share * Discrete.entropy(transitions, row * size, size);
        }
        return entropy;
    }

    @Override
    public int given() {
        return pairs ? 1 : 0;
    }

    @Override
    public double meanLength() {
        return pairs ? 1 : length;
    }

    @Override
    public double[] frequencies() {
        if (!pairs) {
            return stationary.clone();
        }
        double[] frequencies = new double[size];
        Arrays.fill(frequencies, 0.5 / size);
        for (int i = 0; i < transitions.length; i++) {
            frequencies[i % size] += 0.5 * transitions[i] / size;
        }
        return frequencies;
    }

    /** The rows; what a sequence begins with is not among them. */
    @Override
    public Optional<TokenTable> table() {
        return Optional.of(new TokenTable(1, size, size, transitions));
    }

    @Override
    public String toString() {
        return "markov %s of %d%s".formatted(pairs ? "pairs" : "sequences", length, Arrays.toString(transitions));
    }
}
