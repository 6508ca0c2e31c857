package org.autophage.model.sequence;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.data.Discrete;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.data.npy.NpyArray;
import org.autophage.model.Truncation;

/** What models that count tokens have in common. */
final class CountedModels {
    /** What a model is saved as. */
    static final String FILE = "parameters.npz";

    private CountedModels() {}

    /** The sequences of a training set; loops check kinds before they start. */
    static Tokens tokens(TrainingSet training) {
        return training.samples()
                .tokens()
                .orElseThrow(() -> new IllegalArgumentException("models that count learn sequences of tokens"));
    }

    /**
     * An array of a saved model.
     *
     * @throws AutophageException (usage) if it is missing
     */
    static NpyArray require(Map<String, NpyArray> arrays, String name, Path folder) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw AutophageException.usage("%s has no array '%s': it is not this model's".formatted(folder, name));
        }
        return array;
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
