package org.autophage.data;

import java.util.Optional;
import org.autophage.base.AutophageException;

/**
 * Sequences of tokens, in a batch of replicas.
 *
 * @param replicas R, independent models that are trained and sampled as one batch
 * @param vocabulary what tokens stand for
 * @param length of a sequence; where sequences end by themselves, the most tokens that a model gives one before it is cut
 * @param end the token that ends a sequence, as its last; {@link #NONE} where all sequences have the same length
 * @param given tokens that every sequence begins with and that no model learns, 0 or 1: the first of sample i is then i mod V
 */
public record TokenShape(int replicas, Vocabulary vocabulary, int length, int end, int given) implements SampleShape {
    /** No token ends a sequence. */
    public static final int NONE = -1;

    /** Of sequences whose tokens are all drawn. */
    public TokenShape(int replicas, Vocabulary vocabulary, int length, int end) {
        this(replicas, vocabulary, length, end, 0);
    }

    /** The same of another number of replicas. */
    public TokenShape of(int others) {
        return new TokenShape(others, vocabulary, length, end, given);
    }

    /**
     * The shape of sequences of tokens.
     *
     * @param kind of the model that learns them, for the message
     * @throws AutophageException (usage) if the samples are none
     */
    public static TokenShape of(SampleShape shape, String kind) {
        return shape.ofTokens()
                .orElseThrow(() -> AutophageException.usage(
                        "model.kind is %s, which learns sequences of tokens, but the dataset has %s: choose dataset.kind categorical, markov, grammar or text, or model.kind diffusion"
                                .formatted(kind, shape.describe())));
    }

    /** Number of different tokens, V. */
    public int size() {
        return vocabulary.size();
    }

    /** Whether a token ends sequences, so that they are of different lengths. */
    public boolean ends() {
        return end != NONE;
    }

    /**
     * What stands in front of a sequence for whoever tells the next token by those before: the end of another one, or V, which is no
     * token of the vocabulary.
     */
    public int start() {
        return ends() ? end : size();
    }

    @Override
    public SampleKind kind() {
        return SampleKind.TOKENS;
    }

    @Override
    public Optional<TokenShape> ofTokens() {
        return Optional.of(this);
    }

    @Override
    public String describe() {
        return "sequences of tokens, %d different ones".formatted(size());
    }
}
