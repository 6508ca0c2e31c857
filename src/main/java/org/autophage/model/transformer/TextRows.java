package org.autophage.model.transformer;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.data.Shuffle;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.jspecify.annotations.Nullable;

/**
 * A training set as rows of equal length, each of whose tokens but the first is predicted by those before it. Sequences that end by a
 * token are one text, one after the other, that begins with the token and is cut into rows; the last token of a row is the first of the
 * next. Sequences of one length are a row each, behind the token that stands in front of them.
 *
 * @param count of rows
 * @param width tokens that a row predicts, C
 * @param tokens (count, C + 1), row-major
 * @param weights (count, C): of each predicted token, that of its sequence; 0 of tokens that are given and of what fills the last row up
 */
record TextRows(int count, int width, long[] tokens, float[] weights) {
    /** How many rows there are. */
    static int count(Tokens tokens, TokenShape shape, int context) {
        int width = width(shape, context);
        return Math.max(1, (tokens.values().length + width - 1) / width);
    }

    private static int width(TokenShape shape, int context) {
        return shape.ends() ? context : shape.length();
    }

    /**
     * Makes the rows.
     *
     * @param context tokens of a row where sequences end by a token
     * @param random for the order of the sequences; null for the set's
     */
    static TextRows of(TrainingSet set, TokenShape shape, int context, @Nullable SplittableRandom random) {
        Tokens tokens = tokens(set);
        int width = width(shape, context);
        int rows = count(tokens, shape, context);
        long[] text = new long[Math.multiplyExact(rows, width) + 1];
        float[] ofText = new float[text.length];
        text[0] = shape.start();
        int sequences = tokens.count();
        float[] ofSequences = set.weights().floats(sequences);
        int[] order = random == null ? IntStream.range(0, sequences).toArray() : Shuffle.permutation(sequences, random);
        int at = 1;
        for (int sequence : order) {
            int from = tokens.starts()[sequence];
            int to = tokens.starts()[sequence + 1];
            for (int i = from; i < to; i++) {
                text[at + i - from] = tokens.values()[i];
            }
            Arrays.fill(ofText, at + Math.min(shape.given(), to - from), at + to - from, ofSequences[sequence]);
            at += to - from;
        }
        Arrays.fill(text, at, text.length, shape.ends() ? shape.end() : 0);
        return cut(rows, width, text, ofText, shape);
    }

    private static TextRows cut(int rows, int width, long[] text, float[] ofText, TokenShape shape) {
        long[] tokens = new long[Math.multiplyExact(rows, width + 1)];
        float[] weights = new float[Math.multiplyExact(rows, width)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(text, row * width, tokens, row * (width + 1), width + 1);
            System.arraycopy(ofText, row * width + 1, weights, row * width, width);
            if (!shape.ends()) {
                tokens[row * (width + 1)] = shape.start();
            }
        }
        return new TextRows(rows, width, tokens, weights);
    }

    /** The sequences of a training set. */
    static Tokens tokens(TrainingSet set) {
        return set.samples()
                .tokens()
                .orElseThrow(() -> new IllegalArgumentException("transformers learn sequences of tokens"));
    }

    /** What all weights add up to. */
    double totalWeight() {
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        return total;
    }
}
