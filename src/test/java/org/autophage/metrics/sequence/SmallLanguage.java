package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.autophage.data.CounterRandom;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.data.TokenLaw;
import org.autophage.data.Tokens;
import org.autophage.data.Vocabulary;

/**
 * Sentences "the NOUN ." and "the NOUN VERB ." in equal shares, of twenty nouns and ten verbs whose probabilities are as 1/rank: everything
 * about them is known by a line.
 *
 * @param available real sentences
 * @param known whether the law is told
 */
public record SmallLanguage(long available, int held, boolean known) implements Dataset {
    public static final int NOUNS = 20;
    public static final int VERBS = 10;
    public static final int THE = 0;
    public static final int END = 1;
    public static final int FIRST_NOUN = 2;
    public static final int FIRST_VERB = FIRST_NOUN + NOUNS;
    public static final Vocabulary WORDS = Vocabulary.numbered(FIRST_VERB + VERBS);
    public static final Law LAW = new Law();

    public SmallLanguage(int held) {
        this(UNLIMITED, held, true);
    }

    private static double[] zipf(int words) {
        double[] shares = new double[words];
        Arrays.setAll(shares, i -> 1.0 / (i + 1));
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /** The law of its sentences. */
    public static final class Law implements TokenLaw {
        public final double[] nouns = zipf(NOUNS);
        public final double[] verbs = zipf(VERBS);

        @Override
        public Vocabulary vocabulary() {
            return WORDS;
        }

        @Override
        public int[] draw(long index, CounterRandom random) {
            boolean verb = random.uniform() < .5;
            int noun = FIRST_NOUN + drawn(nouns, random);
            return verb ? new int[] {THE, noun, FIRST_VERB + drawn(verbs, random), END} : new int[] {THE, noun, END};
        }

        private static int drawn(double[] shares, CounterRandom random) {
            double left = random.uniform();
            int at = 0;
            while (at < shares.length - 1 && left >= shares[at]) {
                left -= shares[at++];
            }
            return at;
        }

        @Override
        public double logProbability(int[] sequence) {
            int length = sequence.length;
            boolean possible = (length == 3 || length == 4)
                    && sequence[0] == THE
                    && sequence[length - 1] == END
                    && sequence[1] >= FIRST_NOUN
                    && sequence[1] < FIRST_VERB
                    && (length == 3 || sequence[2] >= FIRST_VERB);
            return !possible
                    ? Double.NEGATIVE_INFINITY
                    : Math.log(
                            .5 * nouns[sequence[1] - FIRST_NOUN] * (length == 3 ? 1 : verbs[sequence[2] - FIRST_VERB]));
        }

        private static double entropy(double[] shares) {
            return -Arrays.stream(shares).map(share -> share * Math.log(share)).sum();
        }

        @Override
        public double entropy() {
            return Math.log(2) + entropy(nouns) + entropy(verbs) / 2;
        }

        @Override
        public double meanLength() {
            return 3.5;
        }

        @Override
        public double[] frequencies() {
            double[] frequencies = new double[WORDS.size()];
            frequencies[THE] = 1 / 3.5;
            frequencies[END] = 1 / 3.5;
            for (int i = 0; i < NOUNS; i++) {
                frequencies[FIRST_NOUN + i] = nouns[i] / 3.5;
            }
            for (int i = 0; i < VERBS; i++) {
                frequencies[FIRST_VERB + i] = verbs[i] / 7;
            }
            return frequencies;
        }

        @Override
        public Optional<int[]> tokenClasses() {
            int[] classes = new int[WORDS.size()];
            Arrays.setAll(classes, i -> i < FIRST_NOUN ? i : i < FIRST_VERB ? 2 : 3);
            return Optional.of(classes);
        }
    }

    /** Sentences of a stream of its own. */
    public static Tokens drawn(long stream, int count) {
        return drawn(stream, LongStream.range(0, count).toArray());
    }

    private static Tokens drawn(long stream, long[] indices) {
        List<int[]> all = Arrays.stream(indices)
                .mapToObj(i -> LAW.draw(i, new CounterRandom(18, stream, i)))
                .toList();
        return Tokens.of(WORDS, all);
    }

    @Override
    public String name() {
        return "small-language";
    }

    @Override
    public Samples real(long[] indices) {
        return drawn(0, indices);
    }

    @Override
    public Optional<TokenLaw> knownTokenLaw() {
        return known ? Optional.of(LAW) : Optional.empty();
    }

    @Override
    public Samples holdout() {
        return drawn(1, held);
    }

    @Override
    public String hash() {
        return name();
    }
}
