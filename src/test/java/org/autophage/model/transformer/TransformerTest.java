package org.autophage.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.data.Vocabulary;
import org.autophage.model.EarlyStop;
import org.autophage.model.EarlyStopping;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.model.Truncation;
import org.autophage.program.OnCpu;
import org.autophage.run.FileCheckpointStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformerTest extends OnCpu {
    private static final Seeds SEEDS = new Seeds(0);
    private static final Seeds.Stream DRAWS = SEEDS.stream(1, Phase.SAMPLE);
    private static final int CHUNK = 8;

    private static TransformerSpec spec(int context, int steps, Precision precision) {
        return spec(context, steps, precision, null, null);
    }

    private static TransformerSpec spec(
            int context, int steps, Precision precision, @Nullable Double dropout, @Nullable EarlyStopping stopping) {
        return new TransformerSpec(
                2, 16, 2, context, true, steps, 16, 1e-2, .1, 10, .1, .9, precision, dropout, null, stopping);
    }

    private static ModelFamily family(TransformerSpec spec, TokenShape shape, @Nullable Truncation truncation) {
        Truncation cut = truncation == null ? Truncation.NONE : truncation;
        return spec.family(
                device, shape, new SamplingSpec(1, null, null, CHUNK, SampleLabels.BALANCED, cut.topP(), cut.topK()));
    }

    private static TransformerModel trained(TransformerSpec spec, TokenShape shape, TrainingSet set) {
        return (TransformerModel) family(spec, shape, null).train(set, null, SEEDS, 1, Work.UNATTENDED);
    }

    private static TransformerModel ofChain(int context, int steps, Precision precision) {
        return trained(spec(context, steps, precision), TokenSets.ENDING, chain(400));
    }

    private static TrainingSet chain(int count) {
        return TokenSets.trainingSet(TokenSets.chain(count, 1));
    }

    private static void assertSame(Tokens found, Tokens expected) {
        assertThat(found.values()).isEqualTo(expected.values());
        assertThat(found.starts()).isEqualTo(expected.starts());
    }

    private static double crossEntropy(GenerativeModel model, Tokens tokens) {
        return -Arrays.stream(model.density().orElseThrow().logDensity(tokens)).sum() / tokens.values().length;
    }

    /** Of 2,000 sequences, about 6,600 tokens, the chain's own cross-entropy is known, so that a gap of .01 is no matter of chance. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, .01", "BFLOAT16, .02"})
    void itLearnsAChain(Precision precision, double gap) {
        Tokens unseen = TokenSets.chain(2000, 2);
        TransformerSpec spec = spec(16, 200, precision, null, null);
        try (GenerativeModel model = trained(spec, TokenSets.ENDING, TokenSets.trainingSet(TokenSets.chain(3000, 1)))) {
            assertThat(crossEntropy(model, unseen) - TokenSets.crossEntropyOfChain(unseen))
                    .isBetween(-.005, gap);
            Tokens drawn = (Tokens) model.sample(2000, 1, DRAWS, Work.UNATTENDED);
            assertThat(TokenSets.crossEntropyOfChain(drawn))
                    .isCloseTo(TokenSets.crossEntropyOfChain(unseen), within(.05));
        }
    }

    /** The probabilities of all sequences that can be drawn, those that are cut at the greatest length among them. */
    @Test
    void probabilitiesOfAllSequencesAddUpToOne() {
        TokenShape shape = new TokenShape(1, Vocabulary.numbered(3), 5, 0);
        try (TransformerModel model = trained(spec(3, 5, Precision.FLOAT32), shape, chain(30))) {
            List<int[]> all = new ArrayList<>();
            addAll(all, new int[0], 5);
            double[] logs = model.logDensity(Tokens.of(shape.vocabulary(), all));
            assertThat(all).hasSize(1 + 2 + 4 + 8 + 16 * 3);
            assertThat(Arrays.stream(logs).map(Math::exp).sum()).isCloseTo(1, within(1e-6));
        }
        TokenShape fixed = TokenSets.ofLength(3, 3);
        Tokens every = Tokens.ofLength(1, fixed.vocabulary(), 3, digits(27, 3, 3));
        try (TransformerModel model =
                trained(spec(4, 5, Precision.FLOAT32), fixed, TokenSets.trainingSet(every.first(9)))) {
            double[] logs = model.logDensity(every);
            assertThat(Arrays.stream(logs).map(Math::exp).sum()).isCloseTo(1, within(1e-6));
        }
    }

    private static void addAll(List<int[]> all, int[] beginning, int left) {
        for (int token = 0; token < 3; token++) {
            int[] longer = Arrays.copyOf(beginning, beginning.length + 1);
            longer[beginning.length] = token;
            if (token == 0 || left == 1) {
                all.add(longer);
            } else {
                addAll(all, longer, left - 1);
            }
        }
    }

    /** All numbers below a count, digit by digit. */
    private static int[] digits(int count, int base, int length) {
        int[] all = new int[count * length];
        for (int i = 0; i < count; i++) {
            int left = i;
            for (int k = length - 1; k >= 0; k--, left /= base) {
                all[i * length + k] = left % base;
            }
        }
        return all;
    }

    @Test
    void aTokenThatTheVocabularyLacksIsImpossible() {
        try (TransformerModel model = ofChain(8, 2, Precision.FLOAT32)) {
            Tokens other = Tokens.of(
                    Vocabulary.numbered(9),
                    List.of(new int[] {1, 0}, new int[] {1, 7, 0}, new int[] {}, new int[] {2, 0}));
            double[] logs = model.logDensity(other);
            assertThat(logs[1]).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(logs[2]).isZero();
            double[] alone = model.logDensity(other.select(new int[] {3}));
            assertThat(logs[3]).isCloseTo(alone[0], within(1e-6)).isNegative();
        }
    }

    /** Frequencies of all 16 pairs of 4 tokens among 8,000 draws; each within 4.5 of its standard deviations (once in 10⁴ such tests). */
    @ParameterizedTest
    @CsvSource({"1, , ", ".6, , ", "1, .7, ", ".8, , 2", ".8, .7, 3"})
    void pairsHaveTheirFrequencies(double bias, @Nullable Double topP, @Nullable Integer topK) {
        int count = 8000;
        TokenShape shape = TokenSets.ofLength(4, 2);
        Tokens pairs = Tokens.ofLength(1, shape.vocabulary(), 2, digits(16, 4, 2));
        Truncation truncation = new Truncation(topP, topK);
        ModelFamily family = family(spec(2, 10, Precision.FLOAT32), shape, truncation);
        TrainingSet some = TokenSets.trainingSet(pairs.select(new int[] {1, 1, 1, 6, 6, 9, 12, 15}));
        try (TransformerModel model = (TransformerModel) family.train(some, null, SEEDS, 1, Work.UNATTENDED)) {
            double[] logs = model.logDensity(pairs);
            double[] first = new double[4];
            for (int i = 0; i < 16; i++) {
                first[i / 4] += Math.exp(logs[i]);
            }
            double[] cutFirst = tempered(first, bias, truncation);
            double[] frequencies = new double[16];
            Tokens drawn = model.sample(count, bias, DRAWS, Work.UNATTENDED);
            for (int i = 0; i < count; i++) {
                frequencies[4 * drawn.values()[2 * i] + drawn.values()[2 * i + 1]] += 1.0 / count;
            }
            for (int one = 0; one < 4; one++) {
                double[] second = new double[4];
                for (int k = 0; k < 4; k++) {
                    second[k] = Math.exp(logs[4 * one + k]) / first[one];
                }
                double[] cutSecond = tempered(second, bias, truncation);
                for (int k = 0; k < 4; k++) {
                    double p = cutFirst[one] * cutSecond[k];
                    assertThat(frequencies[4 * one + k])
                            .isCloseTo(p, within(4.5 * Math.sqrt(p * (1 - p) / count) + 1e-9));
                }
            }
        }
    }

    private static double[] tempered(double[] law, double bias, Truncation truncation) {
        double[] powers = Arrays.stream(law).map(p -> Math.pow(p, 1 / bias)).toArray();
        double total = Arrays.stream(powers).sum();
        double[] cut = Arrays.stream(powers).map(p -> p / total).toArray();
        truncation.cut(cut, 0, cut.length);
        return cut;
    }

    /** With a context that holds all sequences, and with one that is shorter than they are. */
    @ParameterizedTest
    @ValueSource(ints = {40, 5})
    void aCacheGivesTheSameSequences(int context) {
        TokenShape shape = new TokenShape(1, Vocabulary.numbered(5), 40, 4);
        int[] endless = new int[40];
        Arrays.setAll(endless, i -> i % 4);
        Tokens few =
                Tokens.of(shape.vocabulary(), List.of(endless, endless, new int[] {0, 1, 4}, new int[] {2, 3, 0, 4}));
        try (TransformerModel model =
                trained(spec(context, 30, Precision.FLOAT32), shape, TokenSets.trainingSet(few))) {
            Tokens cached = model.sample(30, .9, DRAWS, Work.UNATTENDED);
            assertSame(model.sampleUncached(30, .9, DRAWS, Work.UNATTENDED), cached);
            assertThat(cached.longest()).isEqualTo(40);
            assertThat(cached.sequences(0)
                            .mapToInt(sequence -> sequence.length)
                            .distinct()
                            .count())
                    .isGreaterThan(3);
        }
    }

    /** Token i mod V of sequence i is given: it has no probability, is not learnt, and the rest's probabilities add up to 1. */
    @Test
    void aTokenThatIsGivenIsNotLearnt() {
        TokenShape shape = new TokenShape(1, Vocabulary.numbered(3), 2, TokenShape.NONE, 1);
        Tokens all = Tokens.ofLength(1, shape.vocabulary(), 2, digits(9, 3, 2));
        try (TransformerModel model = trained(spec(2, 20, Precision.FLOAT32), shape, TokenSets.trainingSet(all))) {
            double[] logs = model.logDensity(all);
            for (int given = 0; given < 3; given++) {
                double sum = Math.exp(logs[3 * given]) + Math.exp(logs[3 * given + 1]) + Math.exp(logs[3 * given + 2]);
                assertThat(sum).isCloseTo(1, within(1e-6));
            }
            Tokens drawn = model.sample(20, 1, DRAWS, Work.UNATTENDED);
            Tokens edited = model.edited(drawn, 0, 1, DRAWS, Work.UNATTENDED);
            for (int i = 0; i < 20; i++) {
                assertThat(drawn.sequence(0, i)[0]).isEqualTo(i % 3).isEqualTo(edited.sequence(0, i)[0]);
            }
        }
        assertThat(TextRows.of(TokenSets.trainingSet(all.first(2)), shape, 2, null)
                        .weights())
                .containsExactly(0, 1, 0, 1);
    }

    @Test
    void sequencesDoNotDependOnHowManyAreDrawn() {
        try (TransformerModel model = ofChain(16, 20, Precision.FLOAT32)) {
            Tokens many = model.sample(27, 1, DRAWS, Work.UNATTENDED);
            assertSame(model.sample(11, 1, DRAWS, Work.UNATTENDED), many.first(11));
            assertThat(many.sequences(0).map(Arrays::toString).distinct().count())
                    .isGreaterThan(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainingGoesOnFromACheckpointToTheBit(boolean dropout, @TempDir Path folder) throws Exception {
        ModelFamily family =
                family(spec(16, 60, Precision.FLOAT32, dropout ? .1 : null, null), TokenSets.ENDING, Truncation.NONE);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        try (GenerativeModel model = family.train(chain(100), null, SEEDS, 1, Work.UNATTENDED)) {
            model.save(whole);
        }
        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == 17);
        interrupted(() -> family.train(chain(100), null, SEEDS, 1, stopping));
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(chain(100), null, SEEDS, 1, going)) {
            model.save(resumed);
        }
        for (String file : List.of("weights.safetensors", "training.csv", "model.pt")) {
            assertThat(Files.readAllBytes(resumed.resolve(file)))
                    .describedAs(file)
                    .isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
    }

    private static void interrupted(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AutophageException.class, e -> assertThat(e.exitCode())
                .isEqualTo(ExitCode.INTERRUPTED));
    }

    @Test
    void samplingGoesOnFromACheckpointToTheBit(@TempDir Path folder) {
        try (TransformerModel model = ofChain(16, 20, Precision.FLOAT32)) {
            Tokens expected = model.sample(45, 1, DRAWS, Work.UNATTENDED);
            FileCheckpointStore store = new FileCheckpointStore(folder, 1, Duration.ofMinutes(10));
            AtomicInteger asked = new AtomicInteger();
            interrupted(() ->
                    model.sample(45, 1, DRAWS, new Work(Progress.SILENT, store, () -> asked.incrementAndGet() > 40)));
            assertThat(store.latest("sample")).isPresent();
            AtomicInteger askedAgain = new AtomicInteger();
            Work going = new Work(Progress.SILENT, store, () -> {
                askedAgain.incrementAndGet();
                return false;
            });
            assertSame(model.sample(45, 1, DRAWS, going), expected);
            assertSame(model.sample(45, 1, DRAWS, going), expected);
            assertThat(askedAgain.get()).isPositive();
        }
    }

    @Test
    void aModelIsReadBackAndIsItsWeights(@TempDir Path folder) throws Exception {
        ModelFamily family = family(spec(16, 8, Precision.FLOAT32), TokenSets.ENDING, null);
        try (GenerativeModel model = family.train(chain(100), null, SEEDS, 1, Work.UNATTENDED)) {
            Tokens expected = (Tokens) model.sample(20, 1, DRAWS, Work.UNATTENDED);
            model.save(folder);
            try (GenerativeModel read = family.load(folder);
                    GenerativeModel same = model.with(model.weights().orElseThrow());
                    GenerativeModel tuned = family.train(chain(100), model, SEEDS, 2, Work.UNATTENDED)) {
                assertSame((Tokens) read.sample(20, 1, DRAWS, Work.UNATTENDED), expected);
                assertSame((Tokens) same.sample(20, 1, DRAWS, Work.UNATTENDED), expected);
                Tokens learnt = TokenSets.chain(100, 1);
                assertThat(crossEntropy(tuned, learnt)).isLessThan(crossEntropy(model, learnt));
                try (GenerativeModel further = model.with(model.weights()
                        .orElseThrow()
                        .extrapolated(.5, tuned.weights().orElseThrow()))) {
                    assertThat(crossEntropy(further, learnt)).isGreaterThan(crossEntropy(model, learnt));
                }
            }
        }
    }

    @Test
    void trainingEndsWhereHeldOutRowsAreLearntNoBetter() {
        Tokens few = TokenSets.chain(12, 3);
        TransformerSpec spec = spec(16, 2000, Precision.FLOAT32, null, new EarlyStopping(.25, 10, 2));
        try (GenerativeModel model = trained(spec, TokenSets.ENDING, TokenSets.trainingSet(few))) {
            EarlyStop stop = Objects.requireNonNull(model.earlyStops().get(""));
            assertThat(stop.steps()).isLessThan(1000);
            assertThat(stop.heldOut()).isEqualTo(3);
            assertThat(stop.bestLoss()).isBetween(.3, 2.0);
        }
    }

    /** Threshold above 1: none; 0: all but ends; and of one token in a sequence p · 1[q < c] + P(q ≥ c) · q. */
    @Test
    void likelyTokensAreDrawnAnew() {
        try (TransformerModel model = ofChain(16, 60, Precision.FLOAT32)) {
            Tokens real = TokenSets.chain(50, 4);
            assertSame(model.edited(real, 1.1, 1, DRAWS, Work.UNATTENDED), real);
            Tokens all = model.edited(real, 0, 1, DRAWS, Work.UNATTENDED);
            assertThat(all.starts()).isEqualTo(real.starts());
            assertThat(all.values()).isNotEqualTo(real.values());
            for (int i = 0; i < real.values().length; i++) {
                assertThat(all.values()[i] == 0).isEqualTo(real.values()[i] == 0);
            }
            assertSame(model.edited(real.first(20), 0, 1, DRAWS, Work.UNATTENDED), all.first(20));
        }
        int count = 8000;
        TokenShape shape = TokenSets.ofLength(4, 1);
        int[] tokens = new int[count];
        Arrays.setAll(tokens, i -> i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : i % 10 - 6);
        Tokens real = Tokens.ofLength(1, shape.vocabulary(), 1, tokens);
        try (TransformerModel model =
                trained(spec(1, 5, Precision.FLOAT32), shape, TokenSets.trainingSet(real.first(40)))) {
            double[] p = {.5, .3, .1, .1};
            double[] q = Arrays.stream(
                            model.logDensity(Tokens.ofLength(1, shape.vocabulary(), 1, new int[] {0, 1, 2, 3})))
                    .map(Math::exp)
                    .toArray();
            double c = .25;
            double[] frequencies = new double[4];
            for (int token : model.edited(real, c, 1, DRAWS, Work.UNATTENDED).values()) {
                frequencies[token] += 1.0 / count;
            }
            double edited = 0;
            for (int k = 0; k < 4; k++) {
                edited += q[k] >= c ? p[k] : 0;
            }
            assertThat(edited).isBetween(.05, .95);
            for (int k = 0; k < 4; k++) {
                double expected = (q[k] < c ? p[k] : 0) + edited * q[k];
                assertThat(frequencies[k]).isCloseTo(expected, within(4.5 * Math.sqrt(.25 / count)));
            }
        }
    }
}
