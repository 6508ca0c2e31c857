package org.autophage.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autophage.data.Origins;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.data.Vocabulary;
import org.autophage.measure.Composition;

/** Small laws of sequences, with sets drawn from them. */
final class TokenSets {
    /** Token 0 ends sequences; 1 and 2 go on as {@link #NEXT} says. */
    static final TokenShape ENDING = new TokenShape(1, Vocabulary.numbered(3), 40, 0);

    /** P(next | last) of the tokens 0, 1, 2, by the last one. */
    private static final double[][] NEXT = {{.1, .6, .3}, {.2, .1, .7}, {.3, .6, .1}};

    private TokenSets() {}

    static TokenShape ofLength(int vocabulary, int length) {
        return new TokenShape(1, Vocabulary.numbered(vocabulary), length, TokenShape.NONE);
    }

    /** All of them real and of equal weight. */
    static TrainingSet trainingSet(Tokens tokens) {
        int count = tokens.count();
        long[] indices = new long[count];
        Arrays.setAll(indices, i -> i);
        return new TrainingSet(tokens, new Origins(new int[count], indices), new Composition(count, 0, 0));
    }

    /** Sequences of the Markov chain that begins behind its end. */
    static Tokens chain(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> sequence = new ArrayList<>();
            int last = 0;
            do {
                double u = random.nextDouble();
                int next = 0;
                while (u >= NEXT[last][next]) {
                    u -= NEXT[last][next++];
                }
                sequence.add(next);
                last = next;
            } while (last != 0);
            sequences.add(sequence.stream().mapToInt(token -> token).toArray());
        }
        return Tokens.of(ENDING.vocabulary(), sequences);
    }

    /** Mean of −ln of the probability of a token by the chain itself, over these sequences. */
    static double crossEntropyOfChain(Tokens tokens) {
        double sum = 0;
        for (int i = 0; i < tokens.count(); i++) {
            int last = 0;
            for (int token : tokens.sequence(0, i)) {
                sum -= Math.log(NEXT[last][token]);
                last = token;
            }
        }
        return sum / tokens.values().length;
    }
}
