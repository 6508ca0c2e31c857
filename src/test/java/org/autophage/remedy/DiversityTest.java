package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.data.ImageShape;
import org.autophage.data.PointShape;
import org.autophage.data.SampleShape;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.metrics.features.Features;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Farthest-point and threshold selection. */
class DiversityTest extends OnCpu {
    private static Features line(double... points) {
        return Features.ofRows(1, points);
    }

    private static SpacedSamples spaced(@Nullable Double threshold, double decay) {
        return new SpacedSamples(null, threshold, decay, null, null);
    }

    @Test
    void theFarthestPointIsNext() {
        Features points = line(IntStream.rangeClosed(0, 16).asDoubleStream().toArray());
        assertThat(FarthestPoint.chosen(points, 0, 2).rows()).containsExactly(0, 16);
        assertThat(FarthestPoint.chosen(points, 0, 3).rows()).containsExactly(0, 8, 16);
        NearestKept four = FarthestPoint.chosen(points, 0, 4);
        assertThat(four.rows()).containsExactly(0, 4, 8, 16);
        assertThat(four.radius()).isEqualTo(4);
        assertThat(four.separation()).isEqualTo(4);
        assertThat(FarthestPoint.chosen(points, 0, 40).rows()).hasSize(17);
        assertThat(FarthestPoint.central(points)).isEqualTo(8);
    }

    /** Gonzalez: the radius is at most twice that of the best k centres, for which all choices are tried. */
    @Test
    void theRadiusIsWithinAFactorTwoOfTheBest() {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 60; trial++) {
            int n = 4 + random.nextInt(9);
            int k = 1 + random.nextInt(n - 1);
            Features points = Features.ofRows(2, random.doubles(2L * n, -1, 1).toArray());
            double best = Double.POSITIVE_INFINITY;
            for (int subset = 0; subset < 1 << n; subset++) {
                if (Integer.bitCount(subset) == k) {
                    best = Math.min(best, radius(points, subset));
                }
            }
            for (int first = 0; first < n; first++) {
                NearestKept kept = FarthestPoint.chosen(points, first, k);
                assertThat(kept.rows()).hasSize(k);
                int subset = Arrays.stream(kept.rows()).map(row -> 1 << row).sum();
                assertThat(kept.radius()).isCloseTo(radius(points, subset), within(1e-12));
                assertThat(kept.radius()).isBetween(best - 1e-12, 2 * best + 1e-12);
            }
        }
    }

    private static double radius(Features points, int subset) {
        double radius = 0;
        for (int i = 0; i < points.count(); i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < points.count(); j++) {
                if ((subset >> j & 1) == 1) {
                    nearest = Math.min(
                            nearest,
                            Math.hypot(
                                    points.value(i, 0) - points.value(j, 0), points.value(i, 1) - points.value(j, 1)));
                }
            }
            radius = Math.max(radius, nearest);
        }
        return radius;
    }

    /** 32 of 1,000 points of N(0, 1), from the one nearest 0: their variance is 3.337 ± .027 (200 runs elsewhere). */
    @Test
    void aGaussianIsSpreadOut() {
        SplittableRandom random = new SplittableRandom(3);
        int runs = 200;
        double[] variances = new double[runs];
        for (int run = 0; run < runs; run++) {
            double[] points = IntStream.range(0, 1000)
                    .mapToDouble(i -> random.nextGaussian())
                    .toArray();
            int first =
                    IntStream.range(0, 1000).reduce(0, (a, b) -> Math.abs(points[a]) <= Math.abs(points[b]) ? a : b);
            double[] kept = Arrays.stream(
                            FarthestPoint.chosen(line(points), first, 32).rows())
                    .mapToDouble(row -> points[row])
                    .toArray();
            double mean = Arrays.stream(kept).average().orElseThrow();
            variances[run] = Arrays.stream(kept)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
        }
        double mean = Arrays.stream(variances).average().orElseThrow();
        double error = Math.sqrt(
                Arrays.stream(variances).map(x -> (x - mean) * (x - mean)).sum() / (runs - 1) / runs);
        assertThat(mean).isCloseTo(3.337, within(4 * Math.hypot(.027, error)));
    }

    @Test
    void whatIsFartherThanTheThresholdIsKept() {
        Features points = line(IntStream.rangeClosed(0, 9).asDoubleStream().toArray());
        assertThat(spaced(2.5, .95).chosen(points, 4).rows()).containsExactly(0, 3, 6, 9);
        // a fifth comes in as soon as τ is below 1: the first that is left
        assertThat(spaced(2.5, .95).chosen(points, 5).rows()).containsExactly(0, 1, 3, 6, 9);
        // τ = 9: nothing is beyond; 8.55: the last alone; 4.5 · .95 at last the middle
        assertThat(spaced(null, .95).chosen(points, 2).rows()).containsExactly(0, 9);
        assertThat(spaced(null, .95).chosen(points, 3).rows()).containsExactly(0, 4, 9);
        assertThat(spaced(2.5, .95).chosen(points, 40).rows()).hasSize(10);
    }

    /** What equals something kept comes last, in its order, and the search for a threshold ends. */
    @Test
    void copiesComeLast() {
        Features points = line(1, 1, 1, 5, 5, 1);
        assertThat(spaced(null, .95).chosen(points, 2).rows()).containsExactly(0, 3);
        assertThat(spaced(null, .95).chosen(points, 4).rows()).containsExactly(0, 1, 2, 3);
        assertThat(FarthestPoint.chosen(points, 0, 3).rows()).containsExactly(0, 1, 3);
    }

    /** Through the loop: selection widens a Gaussian where a random choice of as many does not, and keeps more of the tails. */
    @Test
    void inALoopOfGaussiansTheVarianceGrows() {
        LoopSpec loop = LoopSpec.accumulate(4, 100, 100);
        List<Double> variances = new ArrayList<>();
        for (SetRemedy each : List.of(
                new FarthestPoint(100, null, null),
                new SpacedSamples(100, null, .95, null, null),
                new FarthestPoint(100, null, Control.RANDOM))) {
            List<GenerationRecord> records = ExtrapolatedWeightsTest.loop(loop, 1, 1, 3, List.of(each));
            JsonNode last = ExtrapolatedWeightsTest.json(records.get(3));
            assertThat(last.path("trainingSet").path("fixedReal").intValue()
                            + last.path("trainingSet").path("synthetic").intValue())
                    .isEqualTo(100);
            assertThat(last.path("remedies").path(each.kind()).path("offered").intValue())
                    .isEqualTo(400);
            variances.add(last.path("variance").doubleValue());
        }
        assertThat(variances.get(0)).isGreaterThan(1.6);
        assertThat(variances.get(1)).isGreaterThan(1.6);
        assertThat(variances.get(2)).isBetween(.5, 1.5);
    }

    private static Setting setting(SampleShape shape, String measuredBy) {
        LoopPlan plan = new LoopPlan(LoopSpec.accumulate(3, 50, 50), 1, 0);
        return new Setting(plan, new GaussianSpec(Estimator.BIASED), shape, 150, Set.of(measuredBy));
    }

    @Test
    void whatMeasuresMustNotChoose() {
        assertThatThrownBy(() -> new FarthestPoint(10, "lenet", null))
                .hasMessage("features is lenet: must be pixels or verifier; what measures must not choose");
        assertThatThrownBy(
                        () -> new FarthestPoint(10, "pixels", null).check(setting(new ImageShape(16, 1, 4), "pixels")))
                .hasMessageStartingWith("features is pixels, and so is one of metrics.features");
        new FarthestPoint(10, "pixels", null).check(setting(new ImageShape(16, 1, 4), "lenet"));
        new FarthestPoint(10, null, null).check(setting(new ImageShape(16, 1, 4), "pixels"));
        assertThatThrownBy(
                        () -> new FarthestPoint(10, "verifier", null).check(setting(new ImageShape(16, 1, 1), "lenet")))
                .hasMessageContaining("write pixels");
    }

    @Test
    void whatCannotBeChosenIsRefused() {
        assertThatThrownBy(() -> new FarthestPoint(1, null, null).check(setting(new PointShape(1, 1), "lenet")))
                .hasMessage("samples is 1: this model needs at least 2 to learn from");
        assertThatThrownBy(() -> new FarthestPoint(10, null, null).check(setting(new PointShape(8, 1), "lenet")))
                .hasMessageStartingWith("dataset.replicas is 8");
        assertThatThrownBy(() -> new FarthestPoint(10, "pixels", null).check(setting(new PointShape(1, 1), "lenet")))
                .hasMessageContaining("points have coordinates alone");
        assertThatThrownBy(() -> new FarthestPoint(0, null, null)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> spaced(0.0, .95)).hasMessageContaining("threshold is 0.0");
        assertThatThrownBy(() -> spaced(1.0, 1)).hasMessageContaining("decay is 1.0");
        assertThat(new FarthestPoint(null, null, null).complete(setting(new PointShape(1, 1), "lenet")))
                .isEqualTo(new FarthestPoint(50, null, null));
    }
}
