package org.autophage.experiment;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.data.Dataset;
import org.autophage.data.Tokens;
import org.autophage.data.Vocabulary;

/**
 * Sequences of one length in which every token is as probable as every other, for timing.
 *
 * @param tokens all of them
 */
record RandomTokens(Tokens tokens) implements Dataset {
    private static final String NAME = "random tokens";

    /**
     * Draws them.
     *
     * @param vocabulary V
     * @param length tokens of each
     */
    static RandomTokens of(int count, int vocabulary, int length) {
        SplittableRandom random = new SplittableRandom(0);
        int[] all = new int[Math.multiplyExact(count, length)];
        Arrays.setAll(all, i -> random.nextInt(vocabulary));
        return new RandomTokens(Tokens.ofLength(1, Vocabulary.numbered(vocabulary), length, all));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long available() {
        return tokens.count();
    }

    @Override
    public Tokens real(long[] indices) {
        return tokens.select(Arrays.stream(indices).mapToInt(Math::toIntExact).toArray());
    }

    @Override
    public Tokens holdout() {
        return tokens.first(1);
    }

    @Override
    public String hash() {
        return NAME;
    }
}
