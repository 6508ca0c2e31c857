package org.autophage.model.sequence;

import java.util.Arrays;
import org.autophage.data.Discrete;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.model.Truncation;

/** What models that count tokens have in common. */
final class CountedModels {
    private CountedModels() {}

    /** The sequences of a training set; loops check kinds before they start. */
    static Tokens tokens(TrainingSet training) {
        return training.samples()
                .tokens()
                .orElseThrow(() -> new IllegalArgumentException("models that count learn sequences of tokens"));
    }

    /** The place in a replica's table of a sequence that begins somewhere: of its token, in the row of the one that is given. */
    static int cell(TokenShape shape, int[] tokens, int start) {
        int row = shape.given() == 0 ? 0 : tokens[start];
        return row * shape.size() + tokens[start + shape.given()];
    }

    /**
     * What a token is drawn anew from: a law without the token that ends sequences, which keep their lengths. Of a law that gives no other
     * token, and after which none can stand, all that are left are as probable.
     *
     * @param law is changed
     */
    static Discrete withoutEnd(double[] law, TokenShape shape, double bias, Truncation truncation) {
        if (shape.ends()) {
            law[shape.end()] = 0;
            if (Arrays.stream(law).allMatch(q -> q == 0)) {
                Arrays.fill(law, 1);
                law[shape.end()] = 0;
            }
        }
        temper(law, 0, law.length, bias, truncation);
        return new Discrete(law, 0, law.length);
    }

    /**
     * Makes a law, in its place, what is drawn from: q^(1/λ), of which what cannot be drawn is taken away.
     *
     * @param from where the law begins
     * @param bias λ, the temperature
     */
    static void temper(double[] law, int from, int size, double bias, Truncation truncation) {
        if (bias != 1) {
            double largest = 0;
            for (int i = from; i < from + size; i++) {
                largest = Math.max(largest, law[i]);
            }
            double sum = 0;
            for (int i = from; i < from + size; i++) {
                law[i] = Math.pow(law[i] / largest, 1 / bias);
                sum += law[i];
            }
            for (int i = from; i < from + size; i++) {
                law[i] /= sum;
            }
        }
        truncation.cut(law, from, size);
    }
}
