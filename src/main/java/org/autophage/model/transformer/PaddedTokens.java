package org.autophage.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.data.CounterRandom;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** Some sequences behind the token that stands in front of each, filled up to the longest: what fills them is before nothing. */
final class PaddedTokens {
    private final TokenShape shape;
    private final int[][] sequences;
    private final int longest;

    /** @param positions of the sequences, which may come more than once */
    PaddedTokens(TokenShape shape, Tokens tokens, int[] positions) {
        this.shape = shape;
        this.sequences =
                Arrays.stream(positions).mapToObj(i -> tokens.sequence(0, i)).toArray(int[][]::new);
        this.longest = Arrays.stream(sequences)
                .mapToInt(sequence -> sequence.length)
                .max()
                .orElse(0);
    }

    int count() {
        return sequences.length;
    }

    /** T, tokens of the longest. */
    int longest() {
        return longest;
    }

    int length(int sequence) {
        return sequences[sequence].length;
    }

    /** Whether the vocabulary has a token. */
    boolean isKnown(int sequence, int position) {
        int token = sequences[sequence][position];
        return token >= 0 && token < shape.size();
    }

    /** int64 (N, T + 1); tokens that the vocabulary has not are 0. */
    Tensor onDevice(Scope scope) {
        long[] all = new long[Math.multiplyExact(count(), longest + 1)];
        for (int i = 0; i < count(); i++) {
            int start = i * (longest + 1);
            all[start] = shape.start();
            for (int k = 0; k < length(i); k++) {
                all[start + 1 + k] = isKnown(i, k) ? sequences[i][k] : 0;
            }
        }
        return scope.longs(all, count(), longest + 1);
    }

    /** A uniform number for each token, (N · T), of each sequence from a stream of its own. */
    double[] uniform(long seed) {
        double[] all = new double[Math.multiplyExact(count(), longest)];
        for (int i = 0; i < count(); i++) {
            CounterRandom random = new CounterRandom(seed, 0, i);
            for (int k = 0; k < longest; k++) {
                all[i * longest + k] = k < length(i) ? DrawnTokens.uniform(random) : DrawnTokens.MIDDLE;
            }
        }
        return all;
    }

    /** Sequences of the same lengths from tokens (N, T); those that are given stay. */
    List<int[]> sequences(long[] tokens) {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            int[] sequence = sequences[i].clone();
            for (int k = shape.given(); k < sequence.length; k++) {
                sequence[k] = (int) tokens[i * longest + k];
            }
            all.add(sequence);
        }
        return all;
    }
}
