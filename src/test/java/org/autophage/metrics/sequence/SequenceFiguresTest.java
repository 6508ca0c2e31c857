package org.autophage.metrics.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.autophage.data.TokenLaw;
import org.autophage.data.Tokens;
import org.autophage.data.Vocabulary;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.junit.jupiter.api.Test;

/** What is measured of sequences: by hand, by slower ways, by other implementations, and against expectations of random draws. */
class SequenceFiguresTest {
    private static Tokens of(int words, int[]... sequences) {
        return Tokens.of(Vocabulary.numbered(words), List.of(sequences));
    }

    /** 30 sequences of 3 to 11 of 11 tokens, such that another program makes the same. */
    static Tokens patterned() {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int at = i;
            all.add(IntStream.range(0, 3 + i * 5 % 9)
                    .map(j -> (at * at * 7 + j * j * 3 + at * j) % 11)
                    .toArray());
        }
        return Tokens.of(Vocabulary.numbered(11), all);
    }

    /** Of the first seven tokens, 0 1 0 1 | 2 2 2: three of seven tokens, 3 of 5 pairs (01, 10, 22), 3 of 3 triples, 1 of 1. */
    @Test
    void distinctRunsByHand() {
        Tokens sequences = of(4, new int[] {0, 1, 0, 1}, new int[] {2, 2, 2, 3}, new int[] {3});
        assertThat(DistinctShares.of(sequences, 7).orElseThrow())
                .containsExactly(new double[] {3 / 7.0, 3 / 5.0, 3 / 3.0, 1}, within(1e-15));
        assertThat(DistinctShares.of(sequences, 10)).isEmpty();
        assertThat(DistinctShares.of(of(4, new int[] {1, 2, 3}), 3)).isEmpty();
    }

    /** nltk 3.10: the mean of sentence_bleu of each with all others, weights ¼, SmoothingFunction().method1. */
    @Test
    void selfBleuEqualsNltk() {
        assertThat(SelfBleu.of(patterned())).isCloseTo(0.8879481209262351, within(1e-12));
        List<int[]> apart = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            int at = i;
            apart.add(IntStream.range(0, 2 + i * 7 % 6)
                    .map(j -> (at * 3 + j) % 40)
                    .toArray());
        }
        assertThat(SelfBleu.of(Tokens.of(Vocabulary.numbered(40), apart))).isCloseTo(0.6351636346169891, within(1e-12));
        int[] same = {1, 2, 3, 4, 5};
        assertThat(SelfBleu.of(of(6, same, same, same))).isCloseTo(1, within(1e-12));
        assertThat(SelfBleu.of(of(6, new int[] {0, 1}, new int[] {2, 3}))).isZero();
    }

    /** Against looking at every run of every length. */
    @Test
    void copiedRunsAreThoseThatALookAtAllOfThemFinds() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 30; round++) {
            int words = 2 + round % 3;
            Tokens samples = random(words, 20, random);
            Tokens training = random(words, 15, random);
            int[] shared = new Substrings(samples).sharedWith(training);
            double sum = 0;
            int eights = 0;
            int copied = 0;
            for (int i = 0; i < samples.count(); i++) {
                int[] sequence = samples.sequence(0, i);
                int most = 0;
                for (int end = 1; end <= sequence.length; end++) {
                    int longest = 0;
                    for (int from = 0; from < end; from++) {
                        if (end - from > longest && contains(training, Arrays.copyOfRange(sequence, from, end))) {
                            longest = end - from;
                        }
                    }
                    assertThat(shared[samples.starts()[i] + end - 1]).isEqualTo(longest);
                    most = Math.max(most, longest);
                    eights += end >= 8 ? 1 : 0;
                    copied += end >= 8 && longest >= 8 ? 1 : 0;
                }
                sum += most;
            }
            CopiedRuns runs = CopiedRuns.of(samples, training);
            assertThat(runs.longest()).isCloseTo(sum / samples.count(), within(1e-12));
            assertThat(runs.share().orElseThrow()).isCloseTo((double) copied / eights, within(1e-12));
        }
    }

    private static Tokens random(int words, int count, SplittableRandom random) {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(random.ints(random.nextInt(25), 0, words).toArray());
        }
        return Tokens.of(Vocabulary.numbered(words), all);
    }

    private static boolean contains(Tokens sequences, int[] run) {
        return sequences.sequences(0).anyMatch(sequence -> IntStream.rangeClosed(0, sequence.length - run.length)
                .anyMatch(from -> Arrays.equals(sequence, from, from + run.length, run, 0, run.length)));
    }

    /** Words of the training set in another order are copied by one or two; the training set itself is copied whole. */
    @Test
    void theTrainingSetItselfIsCopiedWhole() {
        Tokens training = patterned();
        CopiedRuns runs = CopiedRuns.of(training, training);
        assertThat(runs.longest()).isCloseTo(training.values().length / 30.0, within(1e-12));
        assertThat(runs.share()).hasValue(1);
        assertThat(CopiedRuns.of(of(11, new int[] {10, 10}), training).share()).isEmpty();
    }

    /** H(½, ¼, ¼) = 1.5 ln 2; 1 − (¼ + 1/16 + 1/16) = .625. */
    @Test
    void entropyAndHeterozygosityByHand() {
        UnigramLaw law = UnigramLaw.of(of(3, new int[] {0, 0}, new int[] {1, 2}));
        assertThat(law.entropy()).isCloseTo(1.5 * Math.log(2), within(1e-12));
        assertThat(law.heterozygosity()).isCloseTo(.625, within(1e-12));
    }

    /** 22 types: tenths of 2, 2, 2, 2, 3 and so on, the rarest first. */
    @Test
    void typesAreCoveredByFrequency() {
        double[] frequencies = new double[24];
        for (int i = 0; i < 22; i++) {
            frequencies[i] = 22 - i;
        }
        TypeCoverage types = new TypeCoverage(frequencies);
        assertThat(types.types()).isEqualTo(22);
        assertThat(types.tail()).containsExactly(21, 20);
        Tokens samples = of(24, new int[] {0, 1, 20, 23}, new int[] {2, 0});
        assertThat(types.of(samples)).isEqualTo(4 / 22.0);
        assertThat(types.ofTail(samples)).isEqualTo(.5);
        assertThat(types.ofParts(samples)).startsWith(.5, 0).endsWith(1);
        assertThat(new TypeCoverage(new double[] {.5, .5, 0}).tail()).containsExactly(0);
    }

    /** Of N single tokens drawn from p the expected coverage is Σ(1 − (1 − p)^N) over the types; four standard errors. */
    @Test
    void coverageOfDrawsHasItsExpectation() {
        int words = 30;
        int count = 60;
        double[] shares =
                IntStream.range(0, words).mapToDouble(i -> 1.0 / (i + 1)).toArray();
        double sum = Arrays.stream(shares).sum();
        double[] law = Arrays.stream(shares).map(share -> share / sum).toArray();
        TypeCoverage types = new TypeCoverage(law);
        StreamingStatistics all = new StreamingStatistics();
        StreamingStatistics tail = new StreamingStatistics();
        StreamingStatistics errors = new StreamingStatistics();
        SplittableRandom random = new SplittableRandom(2);
        for (int draw = 0; draw < 2000; draw++) {
            int[] tokens =
                    IntStream.range(0, count).map(i -> drawn(law, random)).toArray();
            Tokens samples = Tokens.ofLength(1, Vocabulary.numbered(words), 1, tokens);
            all.addValue(types.of(samples));
            tail.addValue(types.ofTail(samples));
            errors.addValue(types.tailError(samples));
        }
        assertThat(all.getMean())
                .isCloseTo(
                        expected(Arrays.stream(law), count) / words,
                        within(4 * all.getStandardDeviation() / Math.sqrt(2000)));
        assertThat(tail.getMean())
                .isCloseTo(
                        expected(Arrays.stream(law, 27, 30), count) / 3,
                        within(4 * tail.getStandardDeviation() / Math.sqrt(2000)));
        // the jackknife is on the safe side (Efron and Stein 1981)
        assertThat(errors.getMean()).isBetween(tail.getStandardDeviation(), 2 * tail.getStandardDeviation());
    }

    private static double expected(DoubleStream shares, int count) {
        return shares.map(share -> 1 - Math.pow(1 - share, count)).sum();
    }

    private static int drawn(double[] law, SplittableRandom random) {
        double left = random.nextDouble();
        int at = 0;
        while (at < law.length - 1 && left >= law[at]) {
            left -= law[at++];
        }
        return at;
    }

    /** What the errors say, against the spread over 400 sets of sentences: its own standard error is 3.5%. */
    @Test
    void errorsOfUnigramsAreThoseOfFurtherDraws() {
        StreamingStatistics entropies = new StreamingStatistics();
        StreamingStatistics heterozygosities = new StreamingStatistics();
        StreamingStatistics errors = new StreamingStatistics();
        StreamingStatistics otherErrors = new StreamingStatistics();
        for (int draw = 0; draw < 400; draw++) {
            UnigramLaw law = UnigramLaw.of(SmallLanguage.drawn(100 + draw, 300));
            entropies.addValue(law.entropy());
            heterozygosities.addValue(law.heterozygosity());
            errors.addValue(law.entropyError());
            otherErrors.addValue(law.heterozygosityError());
        }
        assertThat(errors.getMean() / entropies.getStandardDeviation()).isBetween(.86, 1.14);
        assertThat(otherErrors.getMean() / heterozygosities.getStandardDeviation())
                .isBetween(.86, 1.14);
    }

    /** One of four is impossible; the others are "the NOUN ." and "the NOUN VERB ." of the most frequent words, and the first again. */
    @Test
    void theSourceJudgesByItsExactLaw() {
        int noun = SmallLanguage.FIRST_NOUN;
        int verb = SmallLanguage.FIRST_VERB;
        Tokens samples = Tokens.of(
                SmallLanguage.WORDS,
                List.of(new int[] {0, noun, 1}, new int[] {0, noun + 1, verb, 1}, new int[] {0, verb, 1}, new int[] {
                    0, noun, 1
                }));
        SourceJudgement.Judged verdict = new SourceJudgement(SmallLanguage.LAW, SmallLanguage.drawn(1, 50)).of(samples);
        assertThat(verdict.possible()).isEqualTo(.75);
        assertThat(verdict.possibleError()).isCloseTo(.25, within(1e-12)); // √(3/64) = .217 is less than one of four
        double nouns = IntStream.rangeClosed(1, 20).mapToDouble(i -> 1.0 / i).sum();
        double verbs = IntStream.rangeClosed(1, 10).mapToDouble(i -> 1.0 / i).sum();
        double expected = (3 * Math.log(.5) - 3 * Math.log(nouns) - Math.log(2) - Math.log(verbs)) / 10;
        assertThat(verdict.logProbability().orElseThrow()).isCloseTo(expected, within(1e-12));
    }

    /** Half of the sentences have a verb: samples without one recall the other half of the skeletons. */
    @Test
    void skeletonsAreClassesInOrder() {
        Tokens holdout = SmallLanguage.drawn(1, 1000);
        SourceJudgement source = new SourceJudgement(SmallLanguage.LAW, holdout);
        double without = holdout.sequences(0).filter(each -> each.length == 3).count() / 1000.0;
        Tokens one = Tokens.of(SmallLanguage.WORDS, List.of(new int[] {0, SmallLanguage.FIRST_NOUN + 9, 1}));
        assertThat(source.skeletonRecall(one)).hasValue(without);
        assertThat(source.skeletonRecall(SmallLanguage.drawn(2, 20))).hasValue(1);
    }

    /** Of the law's own sentences the mean log-probability a token is less the entropy rate, but for 4 standard errors. */
    @Test
    void sentencesOfTheLawItselfHaveTheEntropyRate() {
        Measures measured = new SequenceFigures(Optional.of(SmallLanguage.LAW), SmallLanguage.drawn(1, 200))
                .of(SmallLanguage.drawn(2, 20_000))
                .measures();
        assertThat(measured.value(Metrics.SOURCE_LOG_PROBABILITY).orElseThrow())
                .isCloseTo(-SmallLanguage.LAW.entropyRate(), within(.01));
        assertThat(measured.value(Metrics.POSSIBLE_SHARE)).hasValue(1);
        assertThat(measured.value(Metrics.TYPE_COVERAGE)).hasValue(1);
        assertThat(measured.count(Basis.DISTINCT_TOKENS)).hasValue(10_000);
        assertThat(measured.count(Basis.SELF_BLEU_SEQUENCES)).hasValue(500);
    }

    /** Half of the tokens of so many real sequences, whatever the samples' lengths; fewer give no figure. */
    @Test
    void distinctRunsAreOfAsManyTokensInEveryGeneration() {
        SequenceFigures figures = new SequenceFigures(Optional.<TokenLaw>empty(), of(5, new int[] {0, 1, 2, 3}));
        Tokens enough = of(5, new int[] {0, 1, 2, 3, 4}, new int[] {1}, new int[] {2});
        assertThat(figures.of(enough).measures().count(Basis.DISTINCT_TOKENS)).hasValue(6);
        Tokens few = of(5, new int[] {0, 1, 2}, new int[] {1}, new int[] {2});
        assertThat(figures.of(few).measures().value(Metrics.DISTINCT_1)).isEmpty();
    }
}
