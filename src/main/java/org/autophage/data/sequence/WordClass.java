package org.autophage.data.sequence;

import java.util.Arrays;
import java.util.List;

/**
 * Words that stand in the same places of a sentence.
 *
 * @param name of the class, such as Ns
 * @param words that it has
 * @param probabilities of each, where the class stands; they sum to 1
 */
record WordClass(String name, List<String> words, double... probabilities) {
    /** Words of which the k-th is 1/k as frequent as the first. */
    static WordClass zipf(String name, String words) {
        List<String> all = List.of(words.split(" "));
        double[] weights = new double[all.size()];
        Arrays.setAll(weights, i -> 1.0 / (i + 1));
        double total = Arrays.stream(weights).sum();
        return new WordClass(
                name, all, Arrays.stream(weights).map(weight -> weight / total).toArray());
    }
}
