package org.autophage.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.data.Dataset;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.SetStage;
import org.autophage.measure.Composition;
import org.autophage.remedy.FarthestPoint;
import org.autophage.remedy.LatentSpaceFilter;
import org.autophage.remedy.OracleImportance;
import org.autophage.remedy.Strength;

/** Choices among the samples of one training set whose law is known. */
final class SetSelectionRows {
    private static final String IMPORTANCE = "importance weights, N(0, 1) real and N(0, 1/4) synthetic";
    private static final String FARTHEST = "farthest points of N(0, 1)";
    private static final String CONFIDENT = "most confident half of two classes at ±1";

    private static final Dataset POINTS = new PointsSpec(PointDistribution.GAUSSIAN, 1, 1, 1, 0).open();

    private SetSelectionRows() {}

    static List<Row> all() {
        return List.of(
                new Row(IMPORTANCE, SetSelectionRows::importance),
                new Row(FARTHEST, SetSelectionRows::farthest),
                new Row(CONFIDENT, SetSelectionRows::confident));
    }

    /** So many real samples, and as many synthetic ones of half their deviation. */
    private static TrainingSet half(int n, SplittableRandom random) {
        double[] values = new double[2 * n];
        int[] generations = new int[2 * n];
        Arrays.fill(generations, n, 2 * n, 1);
        Arrays.setAll(values, i -> random.nextGaussian() * (i < n ? 1 : .5));
        return set(new Points(1, 2 * n, 1, values), generations, n);
    }

    private static TrainingSet set(Samples samples, int[] generations, int real) {
        return new TrainingSet(
                samples,
                new Origins(generations, LongStream.range(0, generations.length).toArray()),
                new Composition(0, real, generations.length - real));
    }

    /**
     * The law is weighted by the power b of the posterior (arXiv 2502.15654): exactly the real one for b = 1. The known values are of
     * the ideal posterior; estimating it shifts them by some 1/n.
     */
    private static List<Check> importance(GaussianLoops loops, Effort effort) {
        double[][] known = {{0, .625}, {1, 1}, {2, 1.4736}, {10, 3.4788}};
        int n = 8_000;
        int sets = effort.of(8, 60);
        SplittableRandom random = new SplittableRandom(1);
        List<Check> checks = new ArrayList<>();
        for (double[] each : known) {
            OracleImportance remedy = new OracleImportance(Strength.of(each[0]), 1_000_000, null, null);
            double[] variances = new double[sets];
            double[] effective = new double[sets];
            for (int i = 0; i < sets; i++) {
                TrainingSet set = half(n, random);
                SetStage.Choice choice = loops.choice(remedy, POINTS, set);
                variances[i] = Arrays.stream(values(set, choice))
                        .map(x -> x * x)
                        .average()
                        .orElseThrow();
                effective[i] = Objects.requireNonNull(choice.told().get("effectiveSampleSize"))
                                .doubleValue()
                        / (2 * n);
            }
            checks.add(check(
                    IMPORTANCE, "variance, b = %.0f".formatted(each[0]), each[1], 10.0 / n, Outcome.mean(variances)));
            if (each[0] == 1) {
                checks.add(check(IMPORTANCE, "effective samples/n, b = 1", .86208, 1.0 / n, Outcome.mean(effective)));
            }
        }
        return checks;
    }

    private static double[] values(TrainingSet set, SetStage.Choice choice) {
        return set.samples().select(choice.positions()).points().orElseThrow().values();
    }

    /** 32 of 1,000 (arXiv 2509.16499): the known variance comes from 200 runs of a program that shares nothing with this. */
    private static List<Check> farthest(GaussianLoops loops, Effort effort) {
        int sets = effort.of(100, 400);
        SplittableRandom random = new SplittableRandom(2);
        double[] variances = new double[sets];
        for (int i = 0; i < sets; i++) {
            double[] values = new double[1000];
            Arrays.setAll(values, j -> random.nextGaussian());
            TrainingSet set = set(new Points(1, 1000, 1, values), new int[1000], 1000);
            variances[i] = moments(values(set, loops.choice(new FarthestPoint(32, null, null), POINTS, set)))[1];
        }
        return List.of(check(FARTHEST, "variance of 32 of 1000", 3.337, .027, Outcome.mean(variances)));
    }

    /**
     * The better half by a probe (arXiv 2511.12742) of images of one pixel: the class's mean goes from 1 to 1 + h and its variance to
     * 1 − h², h = φ(0)/½. A grey level is a 25th of a deviation, which rounds .0001 of the variance away.
     */
    private static List<Check> confident(GaussianLoops loops, Effort effort) {
        int n = 10_000;
        int sets = effort.of(12, 60);
        SplittableRandom random = new SplittableRandom(3);
        double[] means = new double[sets];
        double[] variances = new double[sets];
        for (int i = 0; i < sets; i++) {
            Images real = twoClasses(n, random);
            Dataset dataset = new FiniteDataset("two classes", real, real.slice(0, 1), "two classes");
            TrainingSet set = set(twoClasses(n, random), new int[n], n);
            SetStage.Choice choice = loops.choice(new LatentSpaceFilter(n / 2, "pixels", null), dataset, set);
            Images kept = set.samples().select(choice.positions()).images().orElseThrow();
            double[] of = moments(IntStream.range(0, kept.count())
                    .filter(each -> kept.labels()[each] == 1)
                    .mapToDouble(each -> (Byte.toUnsignedInt(kept.pixels(each)[0]) - 127.5) / 25)
                    .toArray());
            means[i] = of[0];
            variances[i] = of[1];
        }
        return List.of(
                check(CONFIDENT, "mean of class 1", 1.797885, 1e-4, Outcome.mean(means)),
                check(CONFIDENT, "variance of class 1", .363380, 3e-4, Outcome.mean(variances)));
    }

    private static Images twoClasses(int count, SplittableRandom random) {
        byte[] pixels = new byte[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            double grey = 127.5 + 25 * (2 * labels[i] - 1 + random.nextGaussian());
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(grey)));
        }
        return new Images(1, 1, 1, 2, pixels, labels);
    }

    /** Mean and biased variance. */
    private static double[] moments(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        return new double[] {mean, variance};
    }

    private static Check check(String row, String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(row, quantity, expected, error, measured.mean(), measured.error());
    }
}
