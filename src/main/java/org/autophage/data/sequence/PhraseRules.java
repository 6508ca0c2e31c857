package org.autophage.data.sequence;

import java.util.Arrays;
import java.util.List;

/**
 * What a phrase may consist of.
 *
 * @param name of the phrase, such as NPs
 * @param probabilities of its rules; they sum to 1
 * @param parts of each rule, names of phrases or classes of words from left to right, at least one
 */
record PhraseRules(String name, double[] probabilities, List<List<String>> parts) {
    /** @param rules each a probability, then its parts: "0.25 Ds A Ns" */
    static PhraseRules of(String name, String... rules) {
        List<List<String>> fields =
                Arrays.stream(rules).map(rule -> List.of(rule.split(" "))).toList();
        return new PhraseRules(
                name,
                fields.stream()
                        .mapToDouble(rule -> Double.parseDouble(rule.get(0)))
                        .toArray(),
                fields.stream().map(rule -> rule.subList(1, rule.size())).toList());
    }
}
