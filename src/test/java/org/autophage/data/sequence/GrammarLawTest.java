package org.autophage.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.data.SampleLabels;
import org.autophage.data.Shuffle;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarLawTest {
    private static final int COUNT = 60_000;

    private final LawDataset dataset = new GrammarSpec(1_000, 0).open();
    private final GrammarLaw law = (GrammarLaw) dataset.law();

    private int[] sentence(String text) {
        return Arrays.stream(text.split(" "))
                .mapToInt(law.vocabulary().words()::indexOf)
                .toArray();
    }

    private static Tokens first(LawDataset dataset, int count) {
        return dataset.real(LongStream.range(0, count).toArray());
    }

    /** Solved in numpy from the same rules: entropy, mean length and their quotient. */
    @Test
    void lawHasItsConstants() {
        assertThat(law.vocabulary().size()).isEqualTo(119);
        assertThat(law.entropy()).isCloseTo(15.868377, within(5e-7));
        assertThat(law.meanLength()).isCloseTo(7.122642, within(5e-7));
        assertThat(law.entropyRate()).isCloseTo(2.227878, within(5e-7));
    }

    /** Inside probabilities by memoised splitting of spans, in Python from the same rules. */
    @ParameterizedTest
    @CsvSource({
        "the dog sleeps .,                                                         -5.516602093308996",
        "the dogs sleep .,                                                         -5.516602093308996",
        "the clerk trusts many honest hunters .,                                   -23.45586402633003",
        "the dog that the cats that a king knows see laughs alone .,               -26.585468102288967",
        "some children that see the old dog sleep .,                               -15.611063702487995",
        "the cat that the dogs that the cat that the dogs see knows like sleeps ., -27.81399929169599",
    })
    void probabilitiesAreThoseOfAnotherParser(String text, double expected) {
        assertThat(law.logProbability(sentence(text))).isCloseTo(expected, within(1e-10));
        assertThat(law.isGrammatical(sentence(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the dog sleep .",
                "these dog sleeps .",
                "the dog that the cats sees laughs .",
                "these dogs that sleeps wait .",
                "the cats that the old dog sees sleeps .",
                "some children that see the old dog that sleeps .",
                "the old dog that sleeps laughs .", // a noun with an adjective has no clause
                "the dog sleeps",
                "the dog sleeps . .",
                "the dog sleeps . the dog sleeps .",
                "dog the sleeps .",
                "."
            })
    void whatBreaksARuleIsImpossible(String text) {
        assertThat(law.logProbability(sentence(text))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(law.isGrammatical(sentence(text))).isFalse();
    }

    @Test
    void nothingAtAllIsNoSentence() {
        assertThat(law.logProbability(new int[0])).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** P(4 tokens) = P(D N)·P(Vi) = .55·.3, P(5) = P(D A N)·P(Vi) + P(D N)·P(Vi Adv) = .25·.3 + .55·.1, over all such strings. */
    @Test
    void probabilitiesOfShortSentencesAddUp() {
        int[] determiners = words("Ds", "Dp", "Ds/Dp");
        int[] nouns = words("Ns", "Np");
        int[] verbs = words("Vis", "Vip", "Vts", "Vtp");
        double four = 0;
        double five = 0;
        for (int determiner : determiners) {
            for (int noun : nouns) {
                for (int verb : verbs) {
                    four += Math.exp(law.logProbability(new int[] {determiner, noun, verb, law.end()}));
                    for (int adverb : words("Adv")) {
                        five += Math.exp(law.logProbability(new int[] {determiner, noun, verb, adverb, law.end()}));
                    }
                    for (int adjective : words("A")) {
                        five += Math.exp(law.logProbability(new int[] {determiner, adjective, noun, verb, law.end()}));
                    }
                }
            }
        }
        assertThat(four).isCloseTo(0.165, within(1e-12));
        assertThat(five).isCloseTo(0.13, within(1e-12));
    }

    private int[] words(String... classes) {
        return IntStream.range(0, 119)
                .filter(token -> List.of(classes).contains(law.className(law.wordClass(token))))
                .toArray();
    }

    /** Within four standard errors, which a right law is beyond once in 16,000 runs; this seed is fixed. */
    @Test
    void drawsHaveTheEntropyLengthAndLengthsOfTheLaw() {
        Tokens tokens = first(dataset, COUNT);
        double[] logarithms =
                tokens.sequences(0).mapToDouble(law::logProbability).toArray();
        double[] lengths = tokens.sequences(0).mapToDouble(each -> each.length).toArray();
        assertMean(Arrays.stream(logarithms).map(log -> -log).toArray(), law.entropy());
        assertMean(lengths, law.meanLength());
        // shares of lengths from 4 on, by convolutions of the rules' generating functions in numpy
        double[] shares = {0.165, 0.13, 0.2173, 0.1722, 0.08754, 0.03848};
        for (int i = 0; i < shares.length; i++) {
            int length = 4 + i;
            assertMean(
                    Arrays.stream(lengths).map(each -> each == length ? 1 : 0).toArray(), shares[i]);
        }
        assertThat(tokens.longest())
                .isLessThan(dataset.shape(SampleLabels.BALANCED).length());
    }

    private static void assertMean(double[] numbers, double expected) {
        double mean = Arrays.stream(numbers).average().orElseThrow();
        double squares =
                Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(squares) / numbers.length));
    }

    /** Counts of a word vary a little more than a binomial's, as sentences repeat their classes: five deviations, of 119 words. */
    @Test
    void wordsAreAsFrequentAsTheLawSays() {
        Tokens tokens = first(dataset, COUNT);
        double[] frequencies = law.frequencies();
        assertThat(Arrays.stream(frequencies).sum()).isCloseTo(1, within(1e-12));
        int[] counts = new int[119];
        for (int token : tokens.values()) {
            counts[token]++;
        }
        for (int token = 0; token < counts.length; token++) {
            double expected = tokens.values().length * frequencies[token];
            assertThat((double) counts[token])
                    .as(law.vocabulary().word(token))
                    .isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
        // every sentence has one full stop
        assertThat(frequencies[law.end()]).isCloseTo(1 / 7.122642, within(1e-8));
    }

    @Test
    void scrambledSentencesAreImpossible() {
        SplittableRandom random = new SplittableRandom(1);
        long grammatical = first(dataset, 2_000)
                .sequences(0)
                .filter(each -> each.length >= 8)
                .map(each -> IntStream.of(Shuffle.permutation(each.length, random))
                        .map(i -> each[i])
                        .toArray())
                .filter(law::isGrammatical)
                .count();
        assertThat(grammatical).isZero();
    }

    @Test
    void sentencesAreTheSameAloneAndInABatch() {
        Tokens batch = first(dataset, 300);
        assertThat(dataset.real(new long[] {217, 3}).sequence(0, 0)).isEqualTo(batch.sequence(0, 217));
        assertThat(dataset.real(new long[] {217, 3}).sequence(0, 1)).isEqualTo(batch.sequence(0, 3));
        assertThat(dataset.real(new long[] {1L << 60}).sequence(0, 0)).endsWith(law.end());
        assertThatThrownBy(() -> dataset.real(new long[] {-1})).isInstanceOf(IllegalArgumentException.class);
    }

    /** As a port of the drawing to Python gives them: another drawing needs another number in the hash. */
    @Test
    void sentencesAndHashStayAsTheyWere() {
        assertThat(first(dataset, 3).sequences(0).map(law.vocabulary()::text))
                .containsExactly("these cats sleep .", "the sailors help the tall cats .", "some queens dance .");
        assertThat(dataset.hash()).isEqualTo(new GrammarSpec(1_000, 0).open().hash());
        assertThat(dataset.hash()).isNotEqualTo(new GrammarSpec(1_000, 1).open().hash());
        assertThat(dataset.hash()).isNotEqualTo(new GrammarSpec(1_001, 0).open().hash());
    }

    /** By streams: the two share short sentences, as any two sets of real ones do, and no more than those. */
    @Test
    void holdoutIsAnotherStream() {
        Tokens held = dataset.holdout();
        Tokens real = first(dataset, 1_000);
        assertThat(held.count()).isEqualTo(1_000);
        assertThat(IntStream.range(0, 1_000)
                        .filter(i -> Arrays.equals(held.sequence(0, i), real.sequence(0, i)))
                        .count())
                .isLessThan(10);
        assertThat(first(new GrammarSpec(1_000, 1).open(), 1_000).values()).isNotEqualTo(real.values());
    }

    @Test
    void shapeSaysWhatEndsASentence() {
        TokenShape shape = dataset.shape(SampleLabels.BALANCED);
        assertThat(shape.ends()).isTrue();
        assertThat(shape.vocabulary().word(shape.end())).isEqualTo(".");
        assertThat(shape.length()).isEqualTo(64);
        assertThat(shape.replicas()).isEqualTo(1);
    }

    @Test
    void classesOfWordsAreThoseOfTheGrammar() {
        assertThat(IntStream.range(0, law.wordClasses()).mapToObj(law::className))
                .containsExactly("Ns", "Np", "Vis", "Vip", "Vts", "Vtp", "A", "Adv", "Ds/Dp", "Ds", "Dp", "that", ".");
        int[] sizes = new int[law.wordClasses()];
        for (int token = 0; token < 119; token++) {
            sizes[law.wordClass(token)]++;
        }
        assertThat(sizes).containsExactly(24, 24, 8, 8, 12, 12, 16, 6, 1, 3, 3, 1, 1);
    }

    /** Clauses in clauses, 2,000 deep, and 10,000 words of nothing: no stack overflows, no second passes. */
    @Test
    void longStringsAreRead() {
        List<String> deep = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            deep.addAll(List.of("the", "dog", "that"));
        }
        deep.addAll(List.of("a", "cat"));
        for (int i = 0; i < 2_000; i++) {
            deep.add("sees");
        }
        deep.addAll(List.of("sleeps", "."));
        int[] nested = sentence(String.join(" ", deep));
        int[] junk = new SplittableRandom(2).ints(10_000, 0, 119).toArray();
        int[] endless = new int[10_002];
        Arrays.setAll(endless, i -> sentence("the dog that")[i % 3]);
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(law.logProbability(nested)).isBetween(-100_000.0, -10_000.0);
            assertThat(law.isGrammatical(junk)).isFalse();
            assertThat(law.isGrammatical(endless)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000_001})
    void impossibleHoldoutsAreRefused(int holdout) {
        assertThatThrownBy(() -> new GrammarSpec(holdout, 0))
                .hasMessage("dataset.holdout is %d: must be from 1 to 1000000", holdout);
    }
}
