package org.autophage.data.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autophage.data.CounterRandom;
import org.autophage.data.TokenLaw;
import org.autophage.data.Vocabulary;

/**
 * Sentences of the grammar {@code clauses-119}, which all end with ".". The first word "the" may be of either number, but the noun
 * after it tells, so that a sentence has one derivation and the entropy of sentences is that of derivations.
 */
public final class GrammarLaw implements TokenLaw {
    private final PhraseGrammar grammar = Clauses.grammar();
    private final Vocabulary vocabulary = new Vocabulary(grammar.words(), " ");
    private final List<String> classNames;
    private final int[] classes;
    private final double entropy = grammar.entropy();
    private final double[] frequencies = grammar.expectedTokens();
    private final double meanLength = Arrays.stream(frequencies).sum();

    GrammarLaw() {
        List<String> each = grammar.words().stream().map(grammar::classesOf).toList();
        classNames = each.stream().distinct().toList();
        classes = each.stream().mapToInt(classNames::indexOf).toArray();
        for (int token = 0; token < frequencies.length; token++) {
            frequencies[token] /= meanLength;
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The token that ends every sentence. */
    public int end() {
        return vocabulary.words().indexOf(Clauses.END);
    }

    @Override
    public int[] draw(long index, CounterRandom random) {
        return grammar.draw(random);
    }

    /** Takes some microseconds a sentence, whatever its clauses. */
    @Override
    public double logProbability(int[] sequence) {
        return grammar.logProbability(sequence);
    }

    /** Whether a sequence is one whole sentence of the grammar. */
    public boolean isGrammatical(int[] sequence) {
        return logProbability(sequence) != Double.NEGATIVE_INFINITY;
    }

    @Override
    public double entropy() {
        return entropy;
    }

    @Override
    public double meanLength() {
        return meanLength;
    }

    @Override
    public Optional<int[]> tokenClasses() {
        return Optional.of(classes.clone());
    }

    @Override
    public double[] frequencies() {
        return frequencies.clone();
    }

    /** Number of classes of words: a word of two of them, "the", is a class of its own. */
    public int wordClasses() {
        return classNames.size();
    }

    /** The class of a word, in [0, {@link #wordClasses}): a sentence's classes are its skeleton. */
    public int wordClass(int token) {
        return classes[token];
    }

    /** The name of a class: nouns Ns and Np, verbs Vis, Vip, Vts and Vtp, A, Adv, determiners Ds, Dp and Ds/Dp, "that" and ".". */
    public String className(int wordClass) {
        return classNames.get(wordClass);
    }
}
