package org.autophage.model.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Origins;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.data.Vocabulary;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.model.SequenceModel;
import org.autophage.program.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedModelsTest {
    private static final Seeds SEEDS = new Seeds(4);
    private static final int MANY = 40_000;
    private static final SamplingSpec USUAL = SamplingSpec.DEFAULTS;

    @TempDir
    private Path folder;

    private static TrainingSet set(Tokens tokens, Weights weights, int real) {
        int[] generations = new int[tokens.count()];
        Arrays.fill(generations, real, tokens.count(), 1);
        Origins origins = new Origins(generations, new long[tokens.count()]);
        return new TrainingSet(tokens, origins, new Composition(real, 0, tokens.count() - real), weights);
    }

    private static GenerativeModel fit(CountedSpec spec, TokenShape shape, Tokens tokens) {
        return fit(spec, shape, set(tokens, Weights.EQUAL, tokens.count()), USUAL);
    }

    private static GenerativeModel fit(CountedSpec spec, TokenShape shape, TrainingSet set, SamplingSpec sampling) {
        try (Device device = Device.of("cpu");
                ModelFamily family = spec.family(device, shape, sampling)) {
            return family.train(set, null, SEEDS, 1, Work.UNATTENDED);
        }
    }

    private static Tokens draw(GenerativeModel model, int count, double bias) {
        return (Tokens) model.sample(count, bias, SEEDS.stream(1, Phase.SAMPLE), Work.UNATTENDED);
    }

    private static double[] table(GenerativeModel model) {
        return model.density().flatMap(Density::table).orElseThrow().probabilities();
    }

    private static TokenShape single(int replicas, int size) {
        return new TokenShape(replicas, Vocabulary.numbered(size), 1, TokenShape.NONE);
    }

    private static TokenShape sentences(int size) {
        return new TokenShape(1, Vocabulary.numbered(size), 50, size - 1);
    }

    private static Tokens some() {
        return Tokens.of(
                Vocabulary.numbered(4),
                List.of(new int[] {0, 1, 2, 3}, new int[] {1, 1, 3}, new int[] {0, 2, 2, 1, 3}));
    }

    private static void near(double[] found, double[] law, int draws) {
        for (int i = 0; i < law.length; i++) {
            assertThat(found[i]).isCloseTo(law[i], within(4 * Math.sqrt(law[i] * (1 - law[i]) / draws) + 1e-12));
        }
    }

    private static double[] shares(int[] tokens, int size) {
        double[] shares = new double[size];
        for (int token : tokens) {
            shares[token] += 1.0 / tokens.length;
        }
        return shares;
    }

    @Test
    void frequenciesAreCountsOfEveryReplica() {
        Tokens tokens = Tokens.ofLength(2, Vocabulary.numbered(3), 1, new int[] {0, 0, 1, 0, 2, 2, 2, 2});
        assertThat(table(fit(CategoricalSpec.DEFAULTS, single(2, 3), tokens))).containsExactly(0.75, 0.25, 0, 0, 0, 1);
        // (c + .5)/(4 + 1.5)
        assertThat(table(fit(new CategoricalSpec(0.5), single(2, 3), tokens)))
                .containsExactly(
                        new double[] {3.5 / 5.5, 1.5 / 5.5, 0.5 / 5.5, 0.5 / 5.5, 0.5 / 5.5, 4.5 / 5.5}, within(1e-12));
    }

    /** One real token that has half of the weight, three synthetic ones. */
    @Test
    void weightsCountInTheFit() {
        Tokens tokens = Tokens.ofLength(1, Vocabulary.numbered(2), 1, new int[] {1, 0, 0, 0});
        TrainingSet weighted = set(tokens, new Weights(1, 0.5), 1);
        assertThat(table(fit(CategoricalSpec.DEFAULTS, single(1, 2), weighted, USUAL)))
                .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
        // behind the start the first token weighs 2, the others 2/3 each
        double[] logs = fit(new MarkovSpec(0, 0, null), single(1, 2), weighted, USUAL)
                .density()
                .orElseThrow()
                .logDensity(Tokens.ofLength(1, Vocabulary.numbered(2), 1, new int[] {1}));
        assertThat(logs[0]).isCloseTo(Math.log(0.5), within(1e-12));
    }

    /** At T = .5 probabilities are squared: 9/14, 4/14, 1/14; the two most probable of them are 9/13 and 4/13. */
    @Test
    void theTemperatureIsLambda() {
        Tokens tokens = Tokens.ofLength(1, Vocabulary.numbered(4), 1, new int[] {0, 0, 0, 1, 1, 2});
        GenerativeModel model = fit(CategoricalSpec.DEFAULTS, single(1, 4), tokens);
        near(shares(draw(model, MANY, 1).values(), 4), new double[] {0.5, 1 / 3.0, 1 / 6.0, 0}, MANY);
        near(shares(draw(model, MANY, 0.5).values(), 4), new double[] {9 / 14.0, 4 / 14.0, 1 / 14.0, 0}, MANY);
        SamplingSpec two = new SamplingSpec(1, null, null, null, SampleLabels.BALANCED, null, 2);
        GenerativeModel cut = fit(CategoricalSpec.DEFAULTS, single(1, 4), set(tokens, Weights.EQUAL, 6), two);
        near(shares(draw(cut, MANY, 0.5).values(), 4), new double[] {9 / 13.0, 4 / 13.0, 0, 0}, MANY);
        assertThat(table(cut)).containsExactly(new double[] {0.5, 1 / 3.0, 1 / 6.0, 0}, within(1e-12));
    }

    /** p = (.5, .3, .1, .1), q = (.6, .25, .1, .05), drawn anew where q is .25 or more: p·1[q < .25] + .8 q = (.48, .20, .18, .14). */
    @Test
    void probableTokensAreDrawnAnew() {
        int[] learnt = new int[20];
        Arrays.fill(learnt, 12, 17, 1);
        Arrays.fill(learnt, 17, 19, 2);
        learnt[19] = 3;
        GenerativeModel model =
                fit(CategoricalSpec.DEFAULTS, single(1, 4), Tokens.ofLength(1, Vocabulary.numbered(4), 1, learnt));
        int[] real = new int[MANY];
        Arrays.setAll(real, i -> new int[] {0, 0, 0, 0, 0, 1, 1, 1, 2, 3}[i % 10]);
        Tokens edited = ((SequenceModel) model)
                .edited(
                        Tokens.ofLength(1, Vocabulary.numbered(4), 1, real),
                        0.25,
                        1,
                        SEEDS.stream(1, Phase.SELECT),
                        Work.UNATTENDED);
        near(shares(edited.values(), 4), new double[] {0.48, 0.20, 0.18, 0.14}, MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(real[i] < 2 || edited.values()[i] == real[i]).isTrue();
        }
    }

    /** Each token behind the original's, at its law without the end; ends and lengths stay. */
    @Test
    void sequencesAreEditedBehindTheOriginal() {
        GenerativeModel model = fit(new MarkovSpec(1, 0, null), sentences(4), some());
        int[][] same = new int[MANY][];
        Arrays.fill(same, new int[] {0, 1, 2, 3});
        Tokens edited = ((SequenceModel) model)
                .edited(
                        Tokens.of(1, Vocabulary.numbered(4), same),
                        0.3,
                        1,
                        SEEDS.stream(1, Phase.SELECT),
                        Work.UNATTENDED);
        assertThat(edited.sequences(0)).allMatch(sequence -> sequence.length == 4 && sequence[3] == 3);
        // behind the start 0 has 2/3, behind 0 1 has 1/2; behind 1 come 1, 2, 3, 3, so that 2 has 1/4, which is too
        // little
        assertThat(edited.sequences(0)).allMatch(sequence -> sequence[2] == 2);
        near(
                shares(edited.sequences(0).mapToInt(sequence -> sequence[0]).toArray(), 4),
                new double[] {2 / 3.0, 1 / 3.0, 0, 0},
                MANY);
        near(
                shares(edited.sequences(0).mapToInt(sequence -> sequence[1]).toArray(), 4),
                new double[] {0, 0.5, 0.5, 0},
                MANY);
    }

    @Test
    void pairsAreDrawnRowByRow() {
        TokenShape shape = new TokenShape(1, Vocabulary.numbered(2), 2, TokenShape.NONE, 1);
        Tokens pairs = Tokens.ofLength(1, shape.vocabulary(), 2, new int[] {0, 1, 1, 0, 0, 0, 1, 0});
        GenerativeModel model = fit(MarkovSpec.DEFAULTS, shape, pairs);
        assertThat(table(model)).containsExactly(0.5, 0.5, 1, 0);
        Tokens drawn = draw(model, MANY, 1);
        assertThat(drawn.sequences(0).mapToInt(pair -> pair[0]).limit(4)).containsExactly(0, 1, 0, 1);
        assertThat(drawn.sequences(0).filter(pair -> pair[0] == 1)).allMatch(pair -> pair[1] == 0);
        double ones = drawn.sequences(0).filter(pair -> pair[1] == 1).count() / (double) MANY;
        assertThat(ones).isCloseTo(0.25, within(4 * Math.sqrt(0.25 / MANY)));
    }

    /** By hand: behind 1 come 2, 1, 3 and 3; behind the start (the end of another sentence) 0, 1 and 0. */
    @Test
    void aBigramIsCountedBehindEveryToken() {
        Density model = fit(MarkovSpec.DEFAULTS, sentences(4), some()).density().orElseThrow();
        double[] logs = model.logDensity(
                Tokens.of(Vocabulary.numbered(4), List.of(new int[] {1, 1, 3}, new int[] {0, 1, 3}, new int[] {2, 3})));
        assertThat(logs[0]).isCloseTo(Math.log(1 / 3.0 / 4 * 2 / 4), within(1e-12));
        assertThat(logs[1]).isCloseTo(Math.log(2 / 3.0 / 2 * 2 / 4), within(1e-12));
        assertThat(logs[2]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    /** An implementation of its own, in Python: for every level all positions are looked through. */
    @Test
    void shorterContextsAreMixedIn() {
        Density model =
                fit(new MarkovSpec(2, 0, 0.7), sentences(4), some()).density().orElseThrow();
        double[] logs = model.logDensity(
                Tokens.of(Vocabulary.numbered(4), List.of(new int[] {0, 1, 3}, new int[] {2, 2, 2, 3}, new int[] {3})));
        assertThat(logs)
                .containsExactly(
                        new double[] {-2.8066990033806514, -9.932110294461689, -4.7163098882977135}, within(1e-12));
    }

    /** Whatever the fit, probabilities of the next token sum to 1 and are those that are drawn by. */
    @Test
    void drawsFollowTheLaw() {
        for (MarkovSpec spec :
                List.of(new MarkovSpec(2, 0, 0.7), new MarkovSpec(1, 0.3, null), new MarkovSpec(1, 0, null))) {
            NgramModel model = (NgramModel) fit(spec, sentences(4), some());
            NgramLaw law = model.laws().get(0);
            Contexts contexts = law.contexts();
            double[] first = law.law(contexts.first(3));
            assertThat(Arrays.stream(first).sum()).isCloseTo(1, within(1e-12));
            for (int token = 0; token < 4; token++) {
                assertThat(law.probability(contexts.first(3), token)).isCloseTo(first[token], within(1e-12));
            }
            int[] firsts = draw(model, MANY, 1)
                    .sequences(0)
                    .mapToInt(sequence -> sequence[0])
                    .toArray();
            near(shares(firsts, 4), first, MANY);
            double[] cold = first.clone();
            CountedModels.temper(cold, 0, 4, 0.6, model.truncation());
            int[] coldFirsts = draw(model, MANY, 0.6)
                    .sequences(0)
                    .mapToInt(sequence -> sequence[0])
                    .toArray();
            near(shares(coldFirsts, 4), cold, MANY);
        }
    }

    /** Behind a token that stood only at the end of sequences nothing was seen: the frequencies of tokens stand in. */
    @Test
    void aContextThatWasNeverSeenIsShortened() {
        TokenShape shape = new TokenShape(1, Vocabulary.numbered(3), 2, TokenShape.NONE);
        Tokens tokens = Tokens.ofLength(1, shape.vocabulary(), 2, new int[] {0, 1, 0, 2});
        NgramModel model = (NgramModel) fit(MarkovSpec.DEFAULTS, shape, tokens);
        assertThat(model.laws().get(0).law(2)).containsExactly(0.5, 0.25, 0.25);
        assertThat(model.laws().get(0).law(0)).containsExactly(0, 0.5, 0.5);
    }

    @Test
    void sequencesEndAtTheirEndOrAreCut() {
        Tokens drawn = draw(fit(MarkovSpec.DEFAULTS, sentences(4), some()), 500, 1);
        assertThat(drawn.sequences(0))
                .allMatch(sequence -> sequence[sequence.length - 1] == 3 || sequence.length == 50);
        assertThat(drawn.sequences(0))
                .allMatch(sequence ->
                        Arrays.stream(sequence).filter(token -> token == 3).count() <= 1);
    }

    @Test
    void sequenceIDependsOnSeedsAndIOnly() {
        for (MarkovSpec spec : List.of(new MarkovSpec(0, 0, null), new MarkovSpec(2, 0, 1.0))) {
            GenerativeModel model = fit(spec, sentences(4), some());
            Tokens many = draw(model, 2500, 0.8);
            Tokens few = draw(model, 1700, 0.8);
            assertThat(few.sequences(0))
                    .containsExactlyElementsOf(many.first(1700).sequences(0).toList());
            assertThat(many.sequence(0, 0)).isNotEqualTo(many.sequence(0, 1000));
        }
    }

    @Test
    void aSavedModelIsTheSame() throws IOException {
        for (CountedSpec spec : List.of(new MarkovSpec(2, 0, 0.7), new MarkovSpec(0, 0.1, null))) {
            GenerativeModel model = fit(spec, sentences(4), some());
            model.save(folder);
            try (Device device = Device.of("cpu");
                    ModelFamily family = spec.family(device, sentences(4), USUAL)) {
                GenerativeModel read = family.load(folder);
                assertThat(draw(read, 300, 1).values())
                        .isEqualTo(draw(model, 300, 1).values());
                assertThat(read.density().orElseThrow().logDensity(some()))
                        .isEqualTo(model.density().orElseThrow().logDensity(some()));
            }
        }
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        assertThatThrownBy(() -> CategoricalSpec.DEFAULTS.check(sentences(4)))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("has sequences of up to 50: write markov");
        assertThatThrownBy(() -> new MarkovSpec(8, 0, null).check(sentences(300)))
                .hasMessageContaining("model.order is 8: with 300 different tokens it can be 6 at most");
        assertThatThrownBy(() -> new MarkovSpec(1, 0.5, 1.0))
                .hasMessageContaining("model.interpolation is 1.0: model.smoothing is above 0");
        assertThatThrownBy(() -> new MarkovSpec(2, 0, null)
                        .check(new TokenShape(1, Vocabulary.numbered(3), 2, TokenShape.NONE, 1)))
                .hasMessageContaining("model.order must be 1");
        assertThatThrownBy(() -> MarkovSpec.DEFAULTS.complete(new SamplingSpec(1, null, 5, null)))
                .hasMessageContaining("sampling.steps is 5");
    }
}
