package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.PointShape;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Expectation;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.MemoryLog;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.suite.PointMetrics;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Loops of Gaussians, N(0, 1) in one dimension, covariance divided by n, of which theory says what a weight does. */
class ExtrapolatedWeightsTest extends OnCpu {
    static List<GenerationRecord> loop(LoopSpec loop, double bias, int replicas, long seed, List<Remedy> remedies) {
        return loop(loop, 1, bias, replicas, seed, remedies);
    }

    static List<GenerationRecord> loop(
            LoopSpec loop, int dimensions, double bias, int replicas, long seed, List<Remedy> remedies) {
        return loop(loop, new GaussianSpec(Estimator.BIASED), dimensions, bias, replicas, seed, remedies);
    }

    static List<GenerationRecord> loop(
            LoopSpec loop,
            GaussianSpec model,
            int dimensions,
            double bias,
            int replicas,
            long seed,
            List<Remedy> remedies) {
        PointDataset dataset = new PointsSpec(PointDistribution.GAUSSIAN, dimensions, replicas, 1, 0).open();
        PointShape shape = new PointShape(replicas, dimensions);
        SamplingSpec sampling = new SamplingSpec(bias, null, null, loop.synthetic());
        ModelFamily family = model.family(device, shape, sampling);
        try (PointMetrics metrics = PointMetrics.open(dataset, device);
                RemedyContext context = new RemedyContext(
                        device, dataset, ClassifierCache.standard(), (steps, rate) -> family, Work.UNATTENDED)) {
            MemoryLog log = new MemoryLog(seed);
            LoopPlan plan = new LoopPlan(loop, bias, 0);
            new LoopController(
                            plan,
                            dataset,
                            family,
                            trainer -> trainer,
                            Remedies.open(
                                    remedies, new Setting(plan, model, shape, Dataset.UNLIMITED, Set.of()), context),
                            metrics,
                            Expectation.NOTHING)
                    .run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
            return log.records();
        }
    }

    static JsonNode json(GenerationRecord record) {
        return JsonMapper.shared().readTree(record.toJson());
    }

    static void requireVariance(GenerationRecord record, double expected) {
        double error = json(record).path("standardError").path("variance").doubleValue();
        assertThat(json(record).path("variance").doubleValue()).isCloseTo(expected, within(4 * error));
        assertThat(error).isLessThan(0.01 * Math.max(1, expected));
    }

    /** E σ² = (1 − 1/n)(1 + w(1 − λ(1 − 1/n_s))); false alarms at 4 standard errors: 6 in 100,000 a row. */
    @ParameterizedTest
    @CsvSource({
        "50, 50, .8, .5, 1.08584",
        "50, 200, .9, .19529, 1",
        "20, 20, 1, 0, .95",
        "20, 20, 1, -1, .9025",
        "40, 40, .8, 1, 1.1895"
    })
    void oneStepHasTheVarianceOfTheory(int n, int ownSamples, double bias, double weight, double variance) {
        LoopSpec loop = LoopSpec.fullySynthetic(1, n, n);
        List<GenerationRecord> records =
                loop(loop, bias, 20_000, 11, List.of(new ExtrapolatedWeights(weight, ownSamples, null, null)));
        requireVariance(records.get(0), variance);
        JsonNode told = json(records.get(0)).path("remedies").path("extrapolate");
        assertThat(told.path("weight").doubleValue()).isEqualTo(weight);
        assertThat(told.path("drawn").intValue()).isEqualTo(ownSamples);
    }

    /** At w* the variance stays where it is; without the remedy it falls to (1 − 1/n)^t λ^(t−1). */
    @Test
    void atTheBreakEvenWeightTheVarianceStays() {
        int n = 50;
        double bias = 0.9;
        double weight = (1 / ((1 - 1.0 / n) * bias) - 1) / (1 - bias * (1 - 1.0 / 200));
        assertThat(weight).isCloseTo(1.28026, within(5e-6));
        LoopSpec loop = LoopSpec.fullySynthetic(8, n, n);
        List<GenerationRecord> with =
                loop(loop, bias, 20_000, 3, List.of(new ExtrapolatedWeights(weight, 200, null, null)));
        // each generation's model, its stage included: λ g (1 − 1/n) = 1 from one to the next, and g (1 − 1/n) = 1/λ in
        // the first
        requireVariance(with.get(0), 1 / bias);
        requireVariance(with.get(7), 1 / bias);
        List<GenerationRecord> without = loop(loop, bias, 20_000, 3, List.of());
        requireVariance(without.get(7), Math.pow(1 - 1.0 / n, 8) * Math.pow(bias, 7));
    }

    /** With weights 0 and −1 the second generation is the copy of the second, the first as without. */
    @Test
    void aListIsAWeightAGeneration() {
        int n = 40;
        LoopSpec loop = LoopSpec.fullySynthetic(3, n, n);
        ExtrapolatedWeights remedy = new ExtrapolatedWeights(new Strength(List.of(0.0, -1.0)), n, null, null);
        List<GenerationRecord> records = loop(loop, .9, 20_000, 7, List.of(remedy));
        double kept = 1 - 1.0 / n;
        requireVariance(records.get(0), kept);
        requireVariance(records.get(1), Math.pow(.9, 2) * Math.pow(kept, 3));
        requireVariance(records.get(2), Math.pow(.9, 4) * Math.pow(kept, 5));
        assertThat(json(records.get(2))
                        .path("remedies")
                        .path("extrapolate")
                        .path("weight")
                        .doubleValue())
                .isEqualTo(-1);
    }

    @Test
    void twoStagesTellUnderNamesOfTheirOwn() {
        ExtrapolatedWeights half = new ExtrapolatedWeights(0.5, 30, null, null);
        List<GenerationRecord> records = loop(LoopSpec.fullySynthetic(1, 30, 30), 1, 10, 5, List.of(half, half));
        assertThat(json(records.get(0)).path("remedies").propertyNames())
                .containsExactly("extrapolate", "extrapolate-2");
    }

    /**
     * σ̂² (1 + w) − w σ̂_s² is below 0 where a model's own samples spread more than twice as much as it does (w = 1): about
     * 3 in 1,000 times for 20 samples, so that 2,000 replicas have one with certainty but for 1 in 400.
     */
    @Test
    void aClippedVarianceHasNoLogarithm() {
        List<GenerationRecord> records = loop(
                LoopSpec.fullySynthetic(2, 20, 20), 1, 2_000, 1, List.of(new ExtrapolatedWeights(1.0, 20, null, null)));
        assertThat(records).hasSize(2);
        JsonNode clipped = json(records.get(0));
        assertThat(clipped.path("remedies")
                        .path("extrapolate")
                        .path("clippedVariances")
                        .longValue())
                .isBetween(1L, 20L);
        assertThat(clipped.has("logVariance")).isFalse();
        assertThat(clipped.path("standardError").has("logVariance")).isFalse();
        requireVariance(records.get(0), .95 * (1 + 1 - .95));
        List<GenerationRecord> without = loop(LoopSpec.fullySynthetic(1, 20, 20), 1, 2_000, 1, List.of());
        assertThat(json(without.get(0)).has("logVariance")).isTrue();
    }
}
