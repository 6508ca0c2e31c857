package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.loop.KeptShares;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Composition;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.autophage.theory.ExpectedMoments;
import org.autophage.theory.ExpectedMoments.Moments;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OracleDetectorTest extends OnCpu {
    static TrainingSet mixed(int real, int synthetic) {
        int[] generations = new int[real + synthetic];
        Arrays.fill(generations, real, real + synthetic, 1);
        long[] numbers = LongStream.range(0, real + synthetic).toArray();
        return new TrainingSet(
                new Points(1, real + synthetic, 1, new double[real + synthetic]),
                new Origins(generations, numbers),
                new Composition(0, real, synthetic));
    }

    /** s' = s(1 − TPR)/(s(1 − TPR) + (1 − s)(1 − FPR)) = .24 of 1000 real and 3000 synthetic samples. */
    @Test
    void theSyntheticShareFallsAsItsRatesSay() {
        OracleDetector detector = new OracleDetector(0.9, 0.05, null);
        TrainingSet set = mixed(1000, 3000);
        SplittableRandom random = new SplittableRandom(5);
        double share = 0;
        double square = 0;
        int times = 400;
        for (int i = 0; i < times; i++) {
            Composition kept = set.select(detector.kept(set, random)).composition();
            double each = kept.synthetic() / (double) kept.total();
            share += each / times;
            square += each * each / times;
        }
        double error = Math.sqrt((square - share * share) / times);
        assertThat(error).isLessThan(7e-4);
        assertThat(share).isCloseTo(.24, within(4 * error));
    }

    /**
     * Through the loop: E σ² and E μ² are those of theory, of fresh and of fixed real data, whichever divisor. Replicas share
     * what is flagged, so that seeds are what errors come from; false alarms at 4 standard errors: 6 in 100,000 a figure.
     */
    @ParameterizedTest
    @Tag("slow")
    @CsvSource({
        "true, .9, .1, 1",
        "false, .9, .1, 1",
        "true, .5, .2, .8",
        "false, .3, 0, .9",
    })
    void theLoopHasTheMomentsOfTheory(boolean fresh, double truePositives, double falsePositives, double bias) {
        int t = 5;
        LoopSpec loop = fresh ? LoopSpec.freshData(t, 12, 30, 8) : LoopSpec.syntheticAugmentation(t, 12, 30, 8);
        OracleDetector detector = new OracleDetector(truePositives, falsePositives, null);
        Moments known = ExpectedMoments.of(loop.dataMix(), detector.keptShares().orElseThrow(), bias, false, t)
                .orElseThrow()
                .get(t - 1);
        int seeds = 200;
        double[] variances = new double[seeds];
        double[] means = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            JsonNode last =
                    ExtrapolatedWeightsTest.json(ExtrapolatedWeightsTest.loop(loop, bias, 200, seed, List.of(detector))
                            .get(t - 1));
            variances[seed] = last.path("variance").doubleValue();
            means[seed] = last.path("squaredWassersteinOfMeans").doubleValue();
        }
        requireMean(variances, known.variance());
        requireMean(means, known.squaredMean());
    }

    private static void requireMean(double[] values, double known) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
        double error = Math.sqrt(variance / values.length);
        assertThat(error).isLessThan(0.03 * known);
        assertThat(mean).isCloseTo(known, within(4 * error));
    }

    /** Everything is kept, so nothing changes, to the bit. */
    @Test
    void aDetectorThatFlagsNothingIsAnOpenDoor() {
        LoopSpec loop = LoopSpec.freshData(3, 10, 20, 5);
        List<GenerationRecord> open = ExtrapolatedWeightsTest.loop(loop, 1, 50, 3, List.of());
        List<GenerationRecord> with =
                ExtrapolatedWeightsTest.loop(loop, 1, 50, 3, List.of(new OracleDetector(0, 0, null)));
        assertThat(ExtrapolatedWeightsTest.json(with.get(2)).path("variance"))
                .isEqualTo(ExtrapolatedWeightsTest.json(open.get(2)).path("variance"));
        assertThat(with.get(2).trainingSet()).isEqualTo(open.get(2).trainingSet());
    }

    @Test
    void aControlKeepsAsManyOfEitherKindAtRandom() {
        assertThat(toldOf(null).path("keptFreshReal").intValue()).isEqualTo(400);
        // hypergeometric: 80 expected, standard deviation 7.2
        assertThat(toldOf(Control.RANDOM).path("keptFreshReal").doubleValue()).isCloseTo(80, within(29.0));
    }

    private static JsonNode toldOf(@Nullable Control control) {
        List<GenerationRecord> records = ExtrapolatedWeightsTest.loop(
                LoopSpec.freshData(2, 400, 1600, 400), 1, 1, 3, List.of(new OracleDetector(1, 0, control)));
        JsonNode told =
                ExtrapolatedWeightsTest.json(records.get(1)).path("remedies").path("oracle-detector");
        assertThat(told.path("offered").intValue()).isEqualTo(2000);
        assertThat(told.path("kept").intValue()).isEqualTo(400);
        return told;
    }

    private static Setting setting(LoopSpec loop) {
        return new Setting(
                new LoopPlan(loop, 1, 0),
                new GaussianSpec(Estimator.BIASED),
                new PointShape(1, 1),
                Dataset.UNLIMITED,
                Set.of());
    }

    @Test
    void whatLeavesTooFewIsRefused() {
        OracleDetector perfect = new OracleDetector(1, 0, null);
        assertThatThrownBy(() -> perfect.check(setting(LoopSpec.fullySynthetic(3, 10, 10))))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(
                        "generation 2 keeps 0.00 of 10 samples on average: this model needs at least 2");
        perfect.check(setting(LoopSpec.freshData(3, 10, 10, 2)));
        assertThatThrownBy(() -> ExtrapolatedWeightsTest.loop(
                        LoopSpec.fullySynthetic(3, 10, 10), 1, 1, 3, List.of(new OracleDetector(.999999, 0, null))))
                .hasMessage(
                        "generation 2: remedies, oracle-detector keeps 0 of 10 samples: this model needs at least 2 to learn from");
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new OracleDetector(share, 0, null)).hasMessageContaining("must be in [0, 1]");
            assertThatThrownBy(() -> new OracleDetector(0, share, null)).hasMessageContaining("must be in [0, 1]");
        }
    }

    @Test
    void twoDetectorsKeepWhatBothKeep() {
        OracleDetector half = new OracleDetector(.5, .1, null);
        assertThat(Remedies.keptShares(List.of(half, half))).contains(new KeptShares(.9 * .9, .25));
        assertThat(Remedies.keptShares(List.of(half, new OracleDetector(.5, .1, Control.RANDOM))))
                .isEmpty();
        assertThat(Remedies.keptShares(List.of(half, new RandomSamples(Strength.of(.5)))))
                .isEmpty();
        assertThat(Remedies.keptShares(List.of())).contains(KeptShares.ALL);
    }
}
