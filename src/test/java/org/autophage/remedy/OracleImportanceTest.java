package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.SetStage;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OracleImportanceTest extends OnCpu {
    /** Half from N(0, 1) and real, half from N(0, 1/4) and synthetic. */
    private static TrainingSet half(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[2 * n];
        int[] generations = new int[2 * n];
        for (int i = 0; i < 2 * n; i++) {
            generations[i] = i < n ? Origins.REAL : 1;
            values[i] = random.nextGaussian() * (i < n ? 1 : .5);
        }
        return new TrainingSet(
                new Points(1, 2 * n, 1, values),
                new Origins(generations, LongStream.range(0, 2 * n).toArray()),
                new Composition(0, n, n));
    }

    private static double density(double x, double variance) {
        return Math.exp(-x * x / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }

    /** The variance of the law ½(N(0, 1) + N(0, ¼)) times qᵇ, no copy of a sample beyond the most, by numerical integration. */
    private static double variance(double power, double most) {
        int points = 40_000;
        double[] weights = new double[points];
        double[] law = new double[points];
        double[] x = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = -10 + 20 * (i + .5) / points;
            law[i] = (density(x[i], 1) + density(x[i], .25)) / 2;
            weights[i] = Math.pow(density(x[i], 1) / 2 / law[i], power);
        }
        double low = 0;
        double high = 1e9;
        for (int step = 0; step < 200; step++) {
            double factor = (low + high) / 2;
            double sum = 0;
            for (int i = 0; i < points; i++) {
                sum += law[i] * 20 / points * Math.min(most, factor * weights[i]);
            }
            if (sum < 1) {
                low = factor;
            } else {
                high = factor;
            }
        }
        double variance = 0;
        for (int i = 0; i < points; i++) {
            variance += law[i] * 20 / points * Math.min(most, low * weights[i]) * x[i] * x[i];
        }
        return variance;
    }

    /**
     * Known by integration: 1.000 for b = 1, and .625, 1.4736, 3.4788 for b = 0, 2, 10 without a limit to copies; 24 sets of 16,000,
     * at 4 standard errors of their spread and what estimating the detector shifts, below .005.
     */
    @ParameterizedTest
    @CsvSource({"0, 1000, .625", "1, 1000, 1", "2, 1000, 1.4736", "10, 1000, 3.4788", "10, 2, -1", "1, 1, .625"})
    void theLawIsWeightedByThePower(double power, int copies, double known) {
        double expected = variance(power, copies);
        if (known > 0) {
            assertThat(expected).isCloseTo(known, within(6e-5));
        }
        int sets = 24;
        double[] variances = new double[sets];
        for (int i = 0; i < sets; i++) {
            TrainingSet set = half(8_000, i);
            SetStage.Choice choice = choose(new OracleImportance(Strength.of(power), copies, null, null), set, i);
            assertThat(choice.positions()).hasSize(16_000);
            assertThat(number(choice.told(), "mostCopies")).isLessThanOrEqualTo(copies);
            variances[i] = Arrays.stream(set.select(choice.positions())
                            .samples()
                            .points()
                            .orElseThrow()
                            .values())
                    .map(x -> x * x)
                    .average()
                    .orElseThrow();
        }
        double mean = Arrays.stream(variances).average().orElseThrow();
        double error = Math.sqrt(
                Arrays.stream(variances).map(v -> (v - mean) * (v - mean)).sum() / (sets - 1) / sets);
        assertThat(error).isLessThan(.03);
        assertThat(mean).isCloseTo(expected, within(4 * error + .005));
    }

    /** ESS/n = (1 − s)²/E[q²] = .86208 for b = 1; a detector in its own family needs no other temperature. */
    @Test
    void itTellsWhatItIsWorth() {
        SetStage.Choice choice = choose(new OracleImportance(Strength.of(1), 3, null, null), half(40_000, 5), 5);
        assertThat(number(choice.told(), "effectiveSampleSize") / 80_000).isCloseTo(.86208, within(.01));
        assertThat(number(choice.told(), "calibrationError")).isLessThan(.01);
        assertThat(number(choice.told(), "temperature")).isCloseTo(1, within(.06));
    }

    private static double number(Map<String, Number> told, String name) {
        return Objects.requireNonNull(told.get(name)).doubleValue();
    }

    private static SetStage.Choice choose(SetRemedy remedy, TrainingSet set, long seed) {
        PointDataset dataset = new PointsSpec(PointDistribution.GAUSSIAN, 1, 1, 1, 0).open();
        int n = set.samples().count();
        Turn turn =
                new Turn(2, new Seeds(seed), set, new LoopPlan(LoopSpec.accumulate(3, n, n), 1, 0), Work.UNATTENDED);
        try (RemedyContext context = new RemedyContext(
                device,
                dataset,
                ClassifierCache.standard(),
                (steps, rate) -> {
                    throw new IllegalStateException("nothing is trained briefly");
                },
                Work.UNATTENDED)) {
            return remedy.open(context).choose(set, turn, turn.stream(Phase.FILTER));
        }
    }

    /** Copies are in proportion to weights until the most; a comb gives each its expected number, rounded up or down. */
    @Test
    void copiesAreCapped() {
        assertThat(Resampling.of(new double[] {1, 1, 2}, 4, 9).expected()).containsExactly(1, 1, 2);
        assertThat(Resampling.of(new double[] {1, 1, 6}, 4, 2).expected()).containsExactly(1, 1, 2);
        assertThat(Resampling.of(new double[] {1, 3, 60, 0}, 4, 2).expected()).containsExactly(.5, 1.5, 2, 0);
        assertThat(Resampling.of(new double[] {1, 0, 5}, 8, 3).expected()).containsExactly(3, 0, 3);
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 100; trial++) {
            double[] weights = random.doubles(50).map(x -> Math.pow(x, 9)).toArray();
            double[] expected = Resampling.of(weights, 50, 4).expected();
            int[] positions = Resampling.of(weights, 50, 4).positions(random.nextDouble());
            assertThat(positions).hasSize(50);
            assertThat(positions).isSorted();
            for (int i = 0; i < 50; i++) {
                int each = i;
                long copies = Arrays.stream(positions).filter(p -> p == each).count();
                assertThat((double) copies)
                        .isBetween(Math.floor(expected[i] - 1e-9), Math.ceil(expected[i] + 1e-9))
                        .isLessThanOrEqualTo(4);
            }
        }
        assertThat(Resampling.effective(new double[] {2, 2, 0, 2})).isEqualTo(3);
    }

    /** Through the loop: biased samples are weighed down, so that the variance ends nearer to 1 than without; so does no control. */
    @Test
    void aLoopOfBiasedSamplesIsCorrected() {
        LoopSpec loop = LoopSpec.freshData(5, 400, 1200, 400);
        double[] variances = new double[3];
        for (int i = 0; i < 3; i++) {
            List<Remedy> remedies = i == 0
                    ? List.of()
                    : List.of(new OracleImportance(Strength.of(1), 4, null, i == 1 ? null : Control.RANDOM));
            List<GenerationRecord> records = ExtrapolatedWeightsTest.loop(loop, .5, 1, 5, remedies);
            JsonNode last = ExtrapolatedWeightsTest.json(records.get(4));
            variances[i] = last.path("variance").doubleValue();
            assertThat(last.path("trainingSet").path("freshReal").intValue()
                            + last.path("trainingSet").path("synthetic").intValue())
                    .isEqualTo(1600);
        }
        assertThat(variances[1]).isBetween(.7, 1.3);
        assertThat(variances[0]).isLessThan(.55); // α/(1 − (1 − α)λ) = .4
        assertThat(variances[2]).isLessThan(.6);
    }

    @Test
    void aDetectorNeedsExamplesOfBoth() {
        Setting setting = new Setting(
                new LoopPlan(LoopSpec.fullySynthetic(3, 50, 50), 1, 0),
                new GaussianSpec(Estimator.BIASED),
                new PointShape(1, 1),
                150,
                Set.of("lenet"));
        assertThatThrownBy(() -> OracleImportance.DEFAULTS.check(setting))
                .hasMessage(
                        "generation 2 has 0 real and 50 synthetic samples: a detector needs at least 10 of each to learn from");
        assertThatThrownBy(() -> new OracleImportance(Strength.of(-1), 3, null, null))
                .hasMessageContaining("power is -1");
        assertThatThrownBy(() -> new OracleImportance(Strength.of(1), 0, null, null))
                .hasMessageContaining("copies is 0");
    }
}
