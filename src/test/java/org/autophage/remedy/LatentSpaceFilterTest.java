package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.TrainingSet;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.SetStage;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.classifier.SoftmaxProbe;
import org.autophage.metrics.features.Features;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

class LatentSpaceFilterTest extends OnCpu {
    /** Grey levels a standard deviation; levels round away 1/12 of a level squared, .0001 of the variance. */
    private static final double LEVELS = 25;

    private static final double MIDDLE = 127.5;

    /** Images of one pixel: of class 0 from N(−1, 1), of class 1 from N(1, 1). */
    private static Images twoClasses(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            double x = 2 * labels[i] - 1 + random.nextGaussian();
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(MIDDLE + LEVELS * x)));
        }
        return new Images(1, 1, 1, 2, pixels, labels);
    }

    /** Keep the better half of each class: its mean goes to 1 + h, its variance to 1 − h², h = φ(0)/½ = .79788. */
    @Test
    void classesWalkApart() {
        int n = 40_000;
        Images real = twoClasses(10_000, 1);
        Images offered = twoClasses(n, 2);
        TrainingSet set = new TrainingSet(
                offered, new Origins(new int[n], LongStream.range(0, n).toArray()), new Composition(0, 0, n));
        Turn turn =
                new Turn(2, new Seeds(0), set, new LoopPlan(LoopSpec.accumulate(3, 10_000, n), 1, 0), Work.UNATTENDED);
        FiniteDataset dataset = new FiniteDataset("two classes", real, real.slice(0, 1), "two classes");
        SetStage.Choice choice;
        SetStage.Choice control;
        try (RemedyContext context = new RemedyContext(
                device,
                dataset,
                ClassifierCache.standard(),
                (steps, rate) -> {
                    throw new IllegalStateException("nothing is trained briefly");
                },
                Work.UNATTENDED)) {
            choice = new LatentSpaceFilter(n / 2, "pixels", null)
                    .open(context)
                    .choose(set, turn, turn.stream(Phase.FILTER));
            control = new LatentSpaceFilter(n / 2, "pixels", Control.RANDOM)
                    .open(context)
                    .choose(set, turn, turn.stream(Phase.FILTER));
        }
        double[] moments = momentsOfClass1(offered.select(choice.positions()));
        // the larger half of n/2 numbers; standard errors of mean and variance below .007, see the mean of order
        // statistics
        assertThat(moments[0]).isEqualTo(n / 4.0);
        assertThat(moments[1]).isCloseTo(1.79788, within(4 * .007));
        assertThat(moments[2]).isCloseTo(.36338, within(4 * .007));
        double[] untouched = momentsOfClass1(offered.select(control.positions()));
        assertThat(untouched[0]).isCloseTo(n / 4.0, within(4 * Math.sqrt(n) / 4));
        assertThat(untouched[1]).isCloseTo(1, within(.05));
        assertThat(untouched[2]).isCloseTo(1, within(.06));
        // the best classifier is right Φ(1) of the time, and 10,000 images say so to .0037
        assertThat(number(choice.told(), "probeAccuracy")).isCloseTo(.84134, within(4 * .0037));
        assertThat(number(choice.told(), "meanOfKept")).isGreaterThan(number(choice.told(), "meanOfOffered"));
        assertThat(choice.told().get("probeTrainedOn")).isEqualTo(10_000);
    }

    private static double number(Map<String, Number> told, String name) {
        return Objects.requireNonNull(told.get(name)).doubleValue();
    }

    private static double[] momentsOfClass1(Images images) {
        double[] values = IntStream.range(0, images.count())
                .filter(i -> images.labels()[i] == 1)
                .mapToDouble(i -> (Byte.toUnsignedInt(images.pixels(i)[0]) - MIDDLE) / LEVELS)
                .toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        return new double[] {values.length, mean, variance};
    }

    /** The log-odds of N(1, 1) against N(−1, 1) are 2x; the fit's error of the slope is about √(1/(n·E[x² p(1 − p)])) = .013. */
    @Test
    void aProbeFindsTheLogOdds() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 60_000;
        double[] x = new double[n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            x[i] = 2 * labels[i] - 1 + random.nextGaussian();
        }
        SoftmaxProbe probe = SoftmaxProbe.fit(Features.ofRows(1, x), labels, 2);
        double[] odds = probe.logOdds(Features.ofRows(1, new double[] {-1, 0, 1.5}), new int[] {1, 1, 0});
        assertThat(odds[0]).isCloseTo(-2, within(.1));
        assertThat(odds[1]).isCloseTo(0, within(.06));
        assertThat(odds[2]).isCloseTo(-3, within(.12));
    }

    /** Three classes in two dimensions: at the solution the gradient vanishes, so residuals are uncorrelated with features. */
    @Test
    void aProbeSolvesItsEquations() {
        SplittableRandom random = new SplittableRandom(6);
        int n = 600;
        double[] x = new double[2 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = random.nextInt(3);
            x[2 * i] = random.nextGaussian() + labels[i];
            x[2 * i + 1] = 5 * random.nextGaussian() - (labels[i] == 2 ? 4 : 0);
        }
        Features rows = Features.ofRows(2, x);
        SoftmaxProbe probe = SoftmaxProbe.fit(rows, labels, 3);
        for (int c = 0; c < 3; c++) {
            int[] asked = new int[n];
            Arrays.fill(asked, c);
            double[] odds = probe.logOdds(rows, asked);
            double[] sums = new double[3];
            for (int i = 0; i < n; i++) {
                double residual = (labels[i] == c ? 1 : 0) - 1 / (1 + Math.exp(-odds[i]));
                sums[0] += residual / n;
                sums[1] += residual * x[2 * i] / n;
                sums[2] += residual * x[2 * i + 1] / n;
            }
            assertThat(sums[0]).isCloseTo(0, within(2e-4)); // the penalty leaves as much
            assertThat(sums[1]).isCloseTo(0, within(2e-4));
            assertThat(sums[2]).isCloseTo(0, within(1e-3));
        }
    }

    /** Classes that a line parts have no most probable map but for the prior; the fit ends all the same. */
    @Test
    void aProbeOfClassesThatNeverMeetEnds() {
        SoftmaxProbe probe =
                SoftmaxProbe.fit(Features.ofRows(1, new double[] {-2, -1, 1, 2}), new int[] {0, 0, 1, 1}, 2);
        double[] odds = probe.logOdds(Features.ofRows(1, new double[] {-1, 1}), new int[] {1, 1});
        assertThat(odds[0]).isLessThan(-3);
        assertThat(odds[1]).isGreaterThan(3).isLessThan(100);
    }

    @Test
    void pointsHaveNoClassToBeConfidentOf() {
        Setting setting = new Setting(
                new LoopPlan(LoopSpec.accumulate(3, 50, 50), 1, 0),
                new GaussianSpec(Estimator.BIASED),
                new PointShape(1, 1),
                150,
                Set.of("lenet"));
        assertThatThrownBy(() -> new LatentSpaceFilter(10, null, null).check(setting))
                .hasMessageStartingWith("only images with classes");
    }
}
