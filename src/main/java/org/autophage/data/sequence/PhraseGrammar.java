package org.autophage.data.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autophage.data.CounterRandom;
import org.autophage.data.Discrete;
import org.autophage.statistics.LogSum;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * A context-free grammar whose rules have probabilities. Its parts are phrases, which rules replace, and classes of words, numbered
 * in this order; the first phrase is the sentence. No phrase may begin with itself, however many rules later.
 */
final class PhraseGrammar {
    private static final int SENTENCE = 0;

    private final List<WordClass> classes;
    private final int phrases;
    private final List<String> words;

    /** Of each phrase the parts of each rule. */
    private final int[][][] rules;

    /** Of each part the probabilities of its rules or of its words. */
    private final double[][] chances;

    private final Discrete[] draws;

    /** Of each class its words as tokens. */
    private final int[][] tokens;

    /** Of each class the logarithm of each token's probability. */
    private final double[][] logarithms;

    PhraseGrammar(List<PhraseRules> phrases, List<WordClass> classes) {
        this.phrases = phrases.size();
        this.classes = classes;
        this.words = classes.stream()
                .flatMap(each -> each.words().stream())
                .distinct()
                .toList();
        Map<String, Integer> token = numbers(words);
        Map<String, Integer> part = numbers(Stream.concat(
                        phrases.stream().map(PhraseRules::name),
                        classes.stream().map(WordClass::name))
                .toList());
        this.rules = phrases.stream()
                .map(phrase -> phrase.parts().stream()
                        .map(rule -> rule.stream().mapToInt(part::get).toArray())
                        .toArray(int[][]::new))
                .toArray(int[][][]::new);
        this.chances = Stream.concat(
                        phrases.stream().map(PhraseRules::probabilities),
                        classes.stream().map(WordClass::probabilities))
                .toArray(double[][]::new);
        this.draws = Arrays.stream(chances)
                .map(each -> new Discrete(each, 0, each.length))
                .toArray(Discrete[]::new);
        this.tokens = classes.stream()
                .map(each -> each.words().stream().mapToInt(token::get).toArray())
                .toArray(int[][]::new);
        this.logarithms = new double[classes.size()][words.size()];
        for (int c = 0; c < classes.size(); c++) {
            Arrays.fill(logarithms[c], Double.NEGATIVE_INFINITY);
            for (int i = 0; i < tokens[c].length; i++) {
                logarithms[c][tokens[c][i]] = Math.log(chances[this.phrases + c][i]);
            }
        }
    }

    private static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    /** All words, each once: token i is word i. */
    List<String> words() {
        return words;
    }

    /** Names of the classes that have a word, with a stroke between them. */
    String classesOf(String word) {
        return String.join(
                "/",
                classes.stream()
                        .filter(each -> each.words().contains(word))
                        .map(WordClass::name)
                        .toList());
    }

    /** A sentence. */
    int[] draw(CounterRandom random) {
        IntStream.Builder sentence = IntStream.builder();
        Open top = new Open(SENTENCE, null);
        while (top != null) {
            int part = top.part;
            int chosen = draws[part].at(random.uniform());
            if (part < phrases) {
                top = on(top.below, rules[part][chosen]);
            } else {
                sentence.add(tokens[part - phrases][chosen]);
                top = top.below;
            }
        }
        return sentence.build().toArray();
    }

    /** Parts of a sentence that are still to come, the next one first. Others may have the same end. */
    private record Open(int part, @Nullable Open below) {}

    /** What is still to come once a phrase is replaced by a rule's parts. */
    private static @Nullable Open on(@Nullable Open below, int[] parts) {
        Open top = below;
        for (int i = parts.length - 1; i >= 0; i--) {
            top = new Open(parts[i], top);
        }
        return top;
    }

    /** A way to read the words so far: logarithm of its probability, and what is to come. */
    private record Reading(double logarithm, @Nullable Open rest) {}

    /**
     * Logarithm of the sum of the probabilities of all derivations of a sequence; −∞ if there is none. Takes a time that grows like the
     * sequence where only some words on it is known how to read those before.
     */
    double logProbability(int[] sequence) {
        List<Reading> readings = List.of(new Reading(0, new Open(SENTENCE, null)));
        for (int token : sequence) {
            List<Reading> longer = new ArrayList<>();
            for (Reading reading : readings) {
                read(token, reading.logarithm, reading.rest, longer);
            }
            readings = longer;
        }
        double sum = Double.NEGATIVE_INFINITY;
        for (Reading reading : readings) {
            if (reading.rest == null) {
                sum = LogSum.of(sum, reading.logarithm);
            }
        }
        return sum;
    }

    /** All readings of one more token. */
    private void read(int token, double logarithm, @Nullable Open rest, List<Reading> readings) {
        if (rest == null) {
            return;
        }
        int part = rest.part;
        if (part >= phrases) {
            double ofWord = logarithms[part - phrases][token];
            if (ofWord != Double.NEGATIVE_INFINITY) {
                readings.add(new Reading(logarithm + ofWord, rest.below));
            }
            return;
        }
        for (int rule = 0; rule < rules[part].length; rule++) {
            read(token, logarithm + Math.log(chances[part][rule]), on(rest.below, rules[part][rule]), readings);
        }
    }

    /** How often each part is expected in the derivation of a sentence: u = 1 for the sentence + Aᵀu, solved. */
    double[] uses() {
        RealMatrix equations = MatrixUtils.createRealIdentityMatrix(chances.length);
        for (int phrase = 0; phrase < phrases; phrase++) {
            for (int rule = 0; rule < rules[phrase].length; rule++) {
                for (int part : rules[phrase][rule]) {
                    equations.addToEntry(part, phrase, -chances[phrase][rule]);
                }
            }
        }
        ArrayRealVector one = new ArrayRealVector(chances.length);
        one.setEntry(SENTENCE, 1);
        return new LUDecomposition(equations).getSolver().solve(one).toArray();
    }

    /** Entropy of a derivation, nats: that of a sentence too where no sentence has two. */
    double entropy() {
        double[] uses = uses();
        return IntStream.range(0, uses.length)
                .mapToDouble(part -> uses[part] * Discrete.entropy(chances[part], 0, chances[part].length))
                .sum();
    }

    /** How often each token is expected in a sentence. */
    double[] expectedTokens() {
        double[] uses = uses();
        double[] expected = new double[words.size()];
        for (int c = 0; c < tokens.length; c++) {
            for (int i = 0; i < tokens[c].length; i++) {
                expected[tokens[c][i]] += uses[phrases + c] * chances[phrases + c][i];
            }
        }
        return expected;
    }
}
