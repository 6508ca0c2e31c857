package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.data.CounterRandom;
import org.autophage.data.Dataset;
import org.autophage.data.Density;
import org.autophage.data.Samples;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.data.Vocabulary;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.sequence.SmallLanguage;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

/** What a run of sequences records. */
class TokenMetricsTest extends OnCpu {
    private static final MetricsSpec SPEC = new MetricsSpec("lenet", 400, 3, Ball.INCLUSIVE);

    private static Measures of(Dataset dataset, MetricsSpec spec, Tokens samples, Tokens training) {
        try (TokenMetrics metrics = TokenMetrics.open(dataset, spec, device)) {
            return metrics.of(MeasuredGeneration.of(samples, training, chunk -> chunk));
        }
    }

    private static double value(Map<String, Double> values, Metric metric) {
        return Objects.requireNonNull(values.get(metric.key()), metric.key());
    }

    /** The 24 figures of a generation whose model is the law itself are, each, within 5 deviations of what 20 such draws gave. */
    @Test
    void theLawItselfGivesWhatIsExpected() {
        Measures measured = of(new SmallLanguage(300), SPEC, SmallLanguage.drawn(7, 500), SmallLanguage.drawn(8, 600));
        Map<String, Double> expected = measured.expected();
        Map<String, Double> deviations = measured.expectedDeviations();
        assertThat(measured.text(Basis.FEATURES).orElseThrow()).startsWith("ngrams@");
        assertThat(measured.count(Basis.SAMPLES)).hasValue(400);
        assertThat(measured.count(Basis.REAL_DRAWS)).hasValue(20);
        assertThat(expected.keySet()).isEqualTo(measured.values().keySet()).isEqualTo(deviations.keySet());
        assertThat(expected.keySet().stream().filter(key -> !key.startsWith("typesByTenth")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                Metrics.FRECHET_DISTANCE,
                                Metrics.PRECISION,
                                Metrics.RECALL,
                                Metrics.DENSITY,
                                Metrics.COVERAGE,
                                Metrics.POSSIBLE_SHARE,
                                Metrics.SOURCE_LOG_PROBABILITY,
                                Metrics.SKELETON_RECALL,
                                Metrics.HETEROZYGOSITY,
                                Metrics.TOKEN_ENTROPY,
                                Metrics.TYPE_COVERAGE,
                                Metrics.TAIL_TYPE_COVERAGE,
                                Metrics.DISTINCT_1,
                                Metrics.DISTINCT_2,
                                Metrics.DISTINCT_3,
                                Metrics.DISTINCT_4,
                                Metrics.SELF_BLEU,
                                Metrics.LONGEST_COPIED_RUN)
                        .map(Metric::key)
                        .toList());
        measured.values().forEach((key, value) -> assertThat(value)
                .as(key)
                .isCloseTo(
                        Objects.requireNonNull(expected.get(key)),
                        within(5 * Objects.requireNonNull(deviations.get(key)) + 1e-12)));
        for (Metric metric : List.of(
                Metrics.FRECHET_DISTANCE,
                Metrics.RECALL,
                Metrics.COVERAGE,
                Metrics.TOKEN_ENTROPY,
                Metrics.TAIL_TYPE_COVERAGE,
                Metrics.POSSIBLE_SHARE)) {
            assertThat(measured.samplingError(metric)).as(metric.key()).isPresent();
        }
    }

    /** Sentences of the most frequent noun alone: nothing of it is impossible, and everything says that the rest is gone. */
    @Test
    void whatIsLostShows() {
        Tokens one = SmallLanguage.drawn(7, 500);
        int[] kept = LongStream.range(0, 500)
                .mapToInt(i -> (int) i)
                .filter(i -> one.sequence(0, i)[1] == SmallLanguage.FIRST_NOUN)
                .toArray();
        Measures measured = of(new SmallLanguage(300), SPEC, one.select(kept), SmallLanguage.drawn(8, 600));
        Map<String, Double> values = measured.values();
        Map<String, Double> expected = measured.expected();
        assertThat(value(values, Metrics.POSSIBLE_SHARE)).isEqualTo(1);
        for (Metric less : List.of(
                Metrics.RECALL,
                Metrics.COVERAGE,
                Metrics.TOKEN_ENTROPY,
                Metrics.HETEROZYGOSITY,
                Metrics.DISTINCT_1,
                Metrics.DISTINCT_2)) {
            assertThat(value(values, less)).as(less.key()).isLessThan(value(expected, less));
        }
        for (Metric more : List.of(Metrics.FRECHET_DISTANCE, Metrics.SELF_BLEU, Metrics.SOURCE_LOG_PROBABILITY)) {
            assertThat(value(values, more)).as(more.key()).isGreaterThan(value(expected, more));
        }
    }

    /** Of 1,000 sentences one half is a training set, and no two sets of 400 are left; and nobody knows their law. */
    @Test
    void thereIsNoExpectationWhereRealSamplesAreNotEnough() {
        Dataset few = new SmallLanguage(1000, 300, false);
        Measures measured = of(few, SPEC, SmallLanguage.drawn(7, 400), SmallLanguage.drawn(8, 500));
        assertThat(measured.expected()).doesNotContainKey(Metrics.LONGEST_COPIED_RUN.key());
        assertThat(measured.count(Basis.REAL_DRAWS)).hasValue(2);
        assertThat(measured.value(Metrics.POSSIBLE_SHARE)).isEmpty();
        assertThat(measured.value(Metrics.SKELETON_RECALL)).isEmpty();
        assertThat(measured.value(Metrics.TAIL_TYPE_COVERAGE)).isPresent();
        Measures fewer =
                of(new SmallLanguage(700, 300, true), SPEC, SmallLanguage.drawn(7, 400), SmallLanguage.drawn(8, 500));
        assertThat(fewer.expected()).isEmpty();
        assertThat(fewer.count(Basis.REAL_DRAWS)).isEmpty();
    }

    /** Two replicas of a source are two independent ones: means are of both, and draws are twice as many a set. */
    @Test
    void numbersAreMeansOverReplicas() {
        Tokens[] samples = {SmallLanguage.drawn(7, 400), SmallLanguage.drawn(9, 400)};
        Tokens training = SmallLanguage.drawn(8, 300);
        Measures both = of(
                new Doubled(new SmallLanguage(300)),
                SPEC,
                doubled(samples[0], samples[1]),
                doubled(training, training));
        double sum = 0;
        for (Tokens each : samples) {
            sum += of(new SmallLanguage(300), SPEC, each, training)
                    .value(Metrics.TOKEN_ENTROPY)
                    .orElseThrow();
        }
        assertThat(both.value(Metrics.TOKEN_ENTROPY).orElseThrow()).isCloseTo(sum / 2, within(1e-12));
        assertThat(both.standardError(Metrics.TOKEN_ENTROPY)).isPresent();
        assertThat(both.replicas()).isEqualTo(2);
        assertThat(both.count(Basis.REAL_DRAWS)).hasValue(20);
    }

    private static Tokens doubled(Tokens one, Tokens other) {
        int[] starts = Arrays.copyOf(one.starts(), one.count() + other.count() + 1);
        for (int i = 1; i <= other.count(); i++) {
            starts[one.count() + i] = one.values().length + other.starts()[i];
        }
        int[] all = Arrays.copyOf(one.values(), one.values().length + other.values().length);
        System.arraycopy(other.values(), 0, all, one.values().length, other.values().length);
        return new Tokens(2, one.vocabulary(), all, starts);
    }

    /** A source with a second replica of other sentences. */
    private record Doubled(SmallLanguage source) implements Dataset {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long available() {
            return source.available();
        }

        @Override
        public Samples real(long[] indices) {
            long[] others = Arrays.stream(indices).map(i -> i + (1L << 30)).toArray();
            return doubled((Tokens) source.real(indices), (Tokens) source.real(others));
        }

        @Override
        public Optional<TokenLaw> knownTokenLaw() {
            return source.knownTokenLaw();
        }

        @Override
        public Samples holdout() {
            return source.holdout();
        }

        @Override
        public String hash() {
            return source.hash();
        }
    }

    /** Fair coins of which tables say everything. */
    private static final class Coins implements Dataset, TokenLaw {
        private static final Vocabulary SIDES = Vocabulary.numbered(2);

        @Override
        public Vocabulary vocabulary() {
            return SIDES;
        }

        @Override
        public int[] draw(long index, CounterRandom random) {
            return new int[] {random.below(2)};
        }

        @Override
        public double logProbability(int[] sequence) {
            return -Math.log(2);
        }

        @Override
        public double entropy() {
            return Math.log(2);
        }

        @Override
        public double meanLength() {
            return 1;
        }

        @Override
        public double[] frequencies() {
            return new double[] {.5, .5};
        }

        @Override
        public Optional<TokenTable> table() {
            return Optional.of(new TokenTable(1, 1, 2, frequencies()));
        }

        @Override
        public String name() {
            return "coins";
        }

        @Override
        public long available() {
            return UNLIMITED;
        }

        @Override
        public Samples real(long[] indices) {
            int[] tokens = Arrays.stream(indices)
                    .mapToInt(i -> draw(i, new CounterRandom(1, 0, i))[0])
                    .toArray();
            return Tokens.ofLength(1, SIDES, 1, tokens);
        }

        @Override
        public Samples holdout() {
            return real(LongStream.range(1 << 20, (1 << 20) + 50).toArray());
        }

        @Override
        public Optional<TokenLaw> knownTokenLaw() {
            return Optional.of(this);
        }

        @Override
        public String hash() {
            return name();
        }
    }

    private static MeasuredGeneration ofCoins(Coins coins, TokenTable learnt) {
        Density density = new Density() {
            @Override
            public Optional<TokenTable> table() {
                return Optional.of(learnt);
            }

            @Override
            public boolean hasLikelihood() {
                return false;
            }

            @Override
            public double[] logDensity(Samples samples) {
                throw new UnsupportedOperationException();
            }
        };
        Samples samples = coins.real(LongStream.range(0, 400).toArray());
        return new MeasuredGeneration(1, samples, samples, Optional.of(density), Optional::empty, chunk -> chunk);
    }

    /** H(¾, ¼) of the table, not of the samples, which are as many heads as tails but for chance. */
    @Test
    void whereTablesSayEverythingSamplesAreMeasuredOnlyByWhatWasAskedFor() {
        Coins coins = new Coins();
        TokenTable learnt = new TokenTable(1, 1, 2, new double[] {.75, .25});
        double entropy = 2 * Math.log(2) - .75 * Math.log(3);
        try (TokenMetrics metrics = TokenMetrics.openTables(coins, SPEC, device)) {
            Measures measured = metrics.of(ofCoins(coins, learnt));
            assertThat(measured.text(Basis.FEATURES)).hasValue(Basis.TOKENS);
            assertThat(measured.values().keySet())
                    .containsExactlyInAnyOrder(
                            Metrics.TOKEN_ENTROPY.key(),
                            Metrics.HETEROZYGOSITY.key(),
                            Metrics.DISTINCT_TOKENS.key(),
                            Metrics.KULLBACK_LEIBLER.key());
            assertThat(measured.value(Metrics.TOKEN_ENTROPY).orElseThrow()).isCloseTo(entropy, within(1e-12));
            assertThat(measured.expected()).isEmpty();
        }
        MetricsSpec also = new MetricsSpec("lenet", 400, 3, Ball.STRICT, List.of("effectiveRank"), List.of());
        try (TokenMetrics metrics = TokenMetrics.openTables(coins, also, device)) {
            Measures measured = metrics.of(ofCoins(coins, learnt));
            assertThat(measured.value(Metrics.TOKEN_ENTROPY).orElseThrow()).isCloseTo(entropy, within(1e-12));
            assertThat(measured.value(Metrics.EFFECTIVE_RANK).orElseThrow()).isCloseTo(1, within(1e-9));
            assertThat(measured.count(Basis.SAMPLES)).hasValue(400);
        }
    }

    /** A chain's table of two rows says nothing beside a law of one: its samples are measured. */
    @Test
    void tablesOfOtherRowsAreNotCompared() {
        Coins coins = new Coins();
        TokenTable chain = new TokenTable(1, 2, 2, new double[] {1, 0, 0, 1});
        try (TokenMetrics metrics = TokenMetrics.open(coins, SPEC, device)) {
            Measures measured = metrics.of(ofCoins(coins, chain));
            assertThat(measured.value(Metrics.KULLBACK_LEIBLER)).isEmpty();
            assertThat(measured.value(Metrics.TYPE_COVERAGE)).hasValue(1);
            assertThat(measured.value(Metrics.TOKEN_ENTROPY).orElseThrow()).isCloseTo(Math.log(2), within(.02));
        }
    }

    /** What can be asked for either says something of sentences, or refuses them in a line. */
    @Test
    void whateverCanBeAskedForMeasuresOrRefuses() {
        Dataset dataset = new SmallLanguage(300);
        Tokens samples = SmallLanguage.drawn(7, 400);
        List<String> refused = KnownMetrics.of(KnownMetrics.names()).stream()
                .filter(metric -> metric.objection(samples.shape(), dataset).isPresent())
                .map(SampleMetric::name)
                .toList();
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "classes", "classQuality", "learner", "attackedLearner", "probedEncoders", "factors");
        for (String name : refused) {
            MetricsSpec spec = new MetricsSpec("lenet", 400, 3, Ball.STRICT, List.of(name), List.of());
            assertThatThrownBy(() -> spec.check(samples.shape(), dataset))
                    .isInstanceOf(AutophageException.class)
                    .hasMessageStartingWith("metrics.also has " + name + ": ")
                    .hasMessageEndingWith("; leave it out");
        }
        List<String> others = KnownMetrics.names().stream()
                .filter(name -> !refused.contains(name))
                .toList();
        MetricsSpec all = new MetricsSpec("lenet", 400, 3, Ball.STRICT, others, List.of());
        all.check(samples.shape(), dataset);
        Measures measured = of(dataset, all, samples, SmallLanguage.drawn(8, 600));
        List<String> silent = KnownMetrics.of(others).stream()
                .filter(metric -> metric.gives().stream()
                        .allMatch(each -> measured.value(each).isEmpty()))
                .map(SampleMetric::name)
                .collect(Collectors.toList());
        assertThat(silent).containsExactly("entropy"); // of points that come twice there is none
        assertThat(measured.value(Metrics.MAUVE).orElseThrow()).isGreaterThan(.9);
    }

    @Test
    void featuresOfImagesAreRefused() {
        MetricsSpec spec = new MetricsSpec("lenet", 400, 3, Ball.STRICT, List.of(), List.of("pixels"));
        assertThatThrownBy(() -> spec.check(SmallLanguage.drawn(7, 3).shape(), new SmallLanguage(300)))
                .hasMessage(
                        "metrics.alsoFeatures is [pixels]: features are extracted of images, and dataset small-language has sequences of tokens, 32 different ones; leave the key out");
    }
}
