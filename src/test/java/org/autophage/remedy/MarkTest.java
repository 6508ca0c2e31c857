package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.FiniteDataset;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.autophage.run.GenerationRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The spread-spectrum mark and its filter. */
class MarkTest extends OnCpu {
    private static RemedyContext context(Dataset dataset) {
        return new RemedyContext(
                device,
                dataset,
                ClassifierCache.standard(),
                (steps, rate) -> {
                    throw new IllegalStateException("nothing is trained briefly");
                },
                Work.UNATTENDED);
    }

    private static Points gaussian(int count, int d, double deviation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count * d];
        Arrays.setAll(values, i -> deviation * random.nextGaussian());
        return new Points(1, count, d, values);
    }

    private static SpreadSpectrum mark(long key, int d) {
        try (RemedyContext context = context(new PointsSpec(PointDistribution.GAUSSIAN, d, 1, 1, 0).open())) {
            return SpreadSpectrum.of(key, context);
        }
    }

    private static double shareBeyond(double threshold, double[] scores) {
        return Arrays.stream(scores).filter(score -> score > threshold).count() / (double) scores.length;
    }

    /**
     * TPR = Φ(a√d/σ − z) = .9425 for d = 784, σ = .3, a = .05 and a rate of .001. Its error: .0017 for 20,000 marked samples, and .0024
     * for a threshold from 200,000 others; the formula takes no account of the mark's own part of ‖x‖, which lowers it by .0009
     * (Student's t with 783 degrees of freedom).
     */
    @Test
    void theDetectorFindsWhatTheFormulaSays() {
        SpreadSpectrum mark = mark(1, 784);
        double[] unmarked = new double[200_000];
        for (int part = 0; part < 20; part++) {
            System.arraycopy(mark.scores(gaussian(10_000, 784, .3, part)), 0, unmarked, part * 10_000, 10_000);
        }
        double mean = Arrays.stream(unmarked).average().orElseThrow();
        double variance = Arrays.stream(unmarked).map(z -> z * z).average().orElseThrow() - mean * mean;
        assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(200_000)));
        assertThat(variance).isCloseTo(784 / 783.0, within(4 * Math.sqrt(2 / 200_000.0)));
        Arrays.sort(unmarked);
        double threshold = unmarked[200_000 - 1 - 200];
        assertThat(threshold).isCloseTo(3.0902, within(4 * .021 + .005));
        Samples marked = mark.embed(gaussian(20_000, 784, .3, 99), .05);
        assertThat(shareBeyond(threshold, mark.scores(marked)))
                .isCloseTo(.9425, within(4 * Math.hypot(.0017, .0024) + .0009));
        assertThat(mark.strengths(marked) / 20_000).isCloseTo(.05, within(4 * .3 / Math.sqrt(784 * 20_000)));
        assertThat(shareBeyond(threshold, mark(2, 784).scores(marked)))
                .as("another key")
                .isLessThan(.003);
    }

    @Test
    void theThresholdIsThatOfTheRealSamples() {
        SpreadSpectrum mark = mark(1, 20);
        Points real = gaussian(1_000, 20, 1, 4);
        assertThat(shareBeyond(mark.threshold(real, .05), mark.scores(real))).isEqualTo(.05);
        assertThat(shareBeyond(mark.threshold(real, 0), mark.scores(real))).isZero();
    }

    /** Half the values of every channel go up and half go down, so no channel changes its mean. */
    @Test
    void pixelsAreMovedWithinBlackAndWhite() {
        byte[] pixels = new byte[2 * 3 * 16];
        Arrays.fill(pixels, 0, 48, (byte) 100);
        Images images = new Images(4, 4, 3, 2, pixels, new int[] {1, 0});
        FiniteDataset dataset = new FiniteDataset("grey", images, images, "grey");
        try (RemedyContext context = context(dataset)) {
            SpreadSpectrum mark = SpreadSpectrum.of(3, context);
            Images marked = (Images) mark.embed(images, .1);
            int[][] raised = new int[3][2];
            for (int i = 0; i < 48; i++) {
                int grey = Byte.toUnsignedInt(marked.pixels(0)[i]);
                assertThat(grey).isIn(126, 75); // 100 ± 25.5, rounded up
                raised[i % 3][grey == 126 ? 0 : 1]++;
                assertThat(Byte.toUnsignedInt(marked.pixels(1)[i])).isEqualTo(grey == 126 ? 26 : 0);
            }
            assertThat(raised).isDeepEqualTo(new int[][] {{8, 8}, {8, 8}, {8, 8}});
            assertThat(marked.labels()).containsExactly(1, 0);
            assertThat(mark.scores(images)).containsExactly(0, 0);
        }
    }

    /**
     * The mark that models have taken over grows as it is added again: (t − 1)a where all data are replaced, and towards q a/(1 − q) with
     * a share q of marked samples; a(H_t − 1) where data accumulate. A Gaussian's mean moves by chance besides.
     */
    @Test
    void theMarkGrowsAsItIsEmbeddedAgain() {
        int n = 60;
        MarkedSamples mark = new MarkedSamples(1, 1, .05);
        requireGrowth(LoopSpec.fullySynthetic(6, n, n), mark, 6, 5);
        requireGrowth(LoopSpec.accumulate(6, n, n), mark, 6, 1 / 2. + 1 / 3. + 1 / 4. + 1 / 5. + 1 / 6.);
        requireGrowth(LoopSpec.freshData(16, n, 3 * n, n), mark, 16, 3 * (1 - Math.pow(.75, 15)));
    }

    /** Models drift along the key as in any direction, by a variance below t/n in one replica. */
    private static void requireGrowth(LoopSpec loop, MarkedSamples mark, int t, double known) {
        int replicas = 100;
        int dimensions = 20; // in two all samples lie along the key
        JsonNode told = ExtrapolatedWeightsTest.json(
                        loop(loop, dimensions, replicas, mark).get(t - 1))
                .path("remedies")
                .path("mark");
        double error = Math.sqrt(t / (double) loop.initial() / dimensions / replicas);
        assertThat(told.path("strengthBefore").doubleValue()).isCloseTo(known, within(4 * error));
        assertThat(told.path("strengthAfter").doubleValue()
                        - told.path("strengthBefore").doubleValue())
                .isCloseTo(1, within(1e-9));
        assertThat(told.path("detectedAfter").doubleValue())
                .isGreaterThanOrEqualTo(told.path("detectedBefore").doubleValue());
        assertThat(told.path("calibratedOn").intValue()).isEqualTo(loop.initial());
    }

    private static List<GenerationRecord> loop(LoopSpec loop, int dimensions, int replicas, Remedy... remedies) {
        return ExtrapolatedWeightsTest.loop(loop, dimensions, 1, replicas, 5, List.of(remedies));
    }

    /** What is marked is found again, so that the loop is trained on its real samples alone, but for rare errors. */
    @Test
    void theFilterLeavesWhatIsNotMarked() {
        LoopSpec loop = LoopSpec.freshData(3, 1000, 500, 500);
        JsonNode told = ExtrapolatedWeightsTest.json(
                        loop(loop, 100, 1, new MarkedSamples(.7, 9, .01), new MarkFilter(9, .01, null))
                                .get(1))
                .path("remedies")
                .path("mark-filter");
        assertThat(told.path("offeredSynthetic").intValue()).isEqualTo(500);
        assertThat(told.path("keptSynthetic").intValue()).isLessThan(5); // Φ(2.33 − 7·.82) of them
        assertThat(told.path("keptFreshReal").doubleValue()).isCloseTo(495, within(4 * Math.sqrt(5 + 2.5)));
        JsonNode control = ExtrapolatedWeightsTest.json(
                        loop(loop, 100, 1, new MarkedSamples(.7, 9, .01), new MarkFilter(9, .01, Control.RANDOM))
                                .get(1))
                .path("remedies")
                .path("mark-filter");
        assertThat(control.path("kept")).isEqualTo(told.path("kept"));
        assertThat(control.path("keptSynthetic").intValue()).isBetween(200, 300);
    }

    @Test
    void whatCannotBeMarkedIsRefused() {
        LoopPlan plan = new LoopPlan(LoopSpec.accumulate(3, 50, 50), 1, 0);
        Setting points =
                new Setting(plan, new GaussianSpec(Estimator.BIASED), new PointShape(1, 1), 150, Set.of("lenet"));
        assertThatThrownBy(() -> MarkedSamples.DEFAULTS.check(points))
                .hasMessageStartingWith("a mark needs at least 2");
        assertThatThrownBy(() -> MarkFilter.DEFAULTS.check(points)).hasMessageStartingWith("a mark needs at least 2");
        Setting images =
                new Setting(plan, new GaussianSpec(Estimator.BIASED), new ImageShape(8, 1, 2), 150, Set.of("lenet"));
        assertThatThrownBy(() -> new MarkedSamples(2, 1, .1).check(images)).hasMessageContaining("at most 1");
        Setting replicas =
                new Setting(plan, new GaussianSpec(Estimator.BIASED), new PointShape(4, 3), 150, Set.of("lenet"));
        assertThatThrownBy(() -> MarkFilter.DEFAULTS.check(replicas)).hasMessageStartingWith("dataset.replicas is 4");
        assertThatThrownBy(() -> new MarkedSamples(0, 1, .1)).hasMessageContaining("strength is 0");
        assertThatThrownBy(() -> new MarkFilter(1, 1, null)).hasMessageContaining("falsePositives is 1.0");
    }
}
