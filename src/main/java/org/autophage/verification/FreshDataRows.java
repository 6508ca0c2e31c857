package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.Counts;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Memory;
import org.autophage.loop.MixSpec;
import org.autophage.loop.RealWeight;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.theory.ExpectedMoments;
import org.autophage.theory.RealDataDistance;
import org.autophage.verification.GaussianLoops.Setting;

/** Loops that are fed real data in every generation, and real data alone. */
final class FreshDataRows {
    private static final int DIMENSIONS = 100;

    private FreshDataRows() {}

    static List<Row> all() {
        return List.of(
                new Row("real data only, d = 100", FreshDataRows::realOnly),
                new Row("fresh data, n_r = 100, n_s = 900, d = 100", FreshDataRows::limits),
                new Row("effective samples n_e/n_r, λ = .7, d = 100", FreshDataRows::effectiveSamples),
                new Row("golden ratio of weights on fresh data", FreshDataRows::goldenRatio));
    }

    /** A value rounded to this many decimals has at most half a unit of the last as its error. */
    private static double rounding(int decimals) {
        return 0.5 * Math.pow(10, -decimals);
    }

    private static List<Check> realOnly(GaussianLoops loops, Effort effort) {
        double[][] simulated = {
            {100, 31.98, 2}, {150, 19.6, 1}, {200, 14.13, 2}, {250, 11.11, 2}, {500, 5.41, 2}, {1000, 2.66, 2}
        };
        List<Check> checks = new ArrayList<>();
        for (double[] known : simulated) {
            int n = (int) known[0];
            LoopSpec loop = LoopSpec.fullySynthetic(1, n, 1);
            Outcome.Estimate distance = loops.run(
                            new Setting(loop, DIMENSIONS, Estimator.UNBIASED, 1, effort.of(20, 400)))
                    .of(Metrics.SQUARED_WASSERSTEIN, 1);
            checks.add(new Check(
                    "real data only, d = 100",
                    "squared 2-Wasserstein, n = " + n,
                    known[1],
                    rounding((int) known[2]),
                    distance.mean(),
                    distance.error()));
        }
        return checks;
    }

    private static LoopSpec fresh(int generations, int initial, int real, int synthetic) {
        return LoopSpec.freshData(generations, initial, synthetic, real);
    }

    /**
     * The limit, from two starts: nine tenths of each set are synthetic, and .9⁶⁰ = .002 of the start is left. The known
     * distances are simulations whose page gives no error; a unit of their last digit is taken for it. (For λ = 1 a loop
     * written in numpy, with 60 replicas over generations 50 to 100, gave 12.25 ± .02.) The parts of the distance that have
     * a recursion are compared with it.
     */
    private static List<Check> limits(GaussianLoops loops, Effort effort) {
        String row = "fresh data, n_r = 100, n_s = 900, d = 100";
        double[][] simulated = {{1, 12.4}, {.8, 20.6}};
        int t = 60;
        List<Check> checks = new ArrayList<>();
        for (double[] known : simulated) {
            double bias = known[0];
            for (int initial : effort == Effort.QUICK ? new int[] {1000} : new int[] {100, 1000}) {
                LoopSpec loop = fresh(t, initial, 100, 900);
                Outcome outcome = loops.run(new Setting(loop, DIMENSIONS, Estimator.UNBIASED, bias, effort.of(4, 100)));
                String place = ", λ = %s, n_ini = %d".formatted(bias, initial);
                ExpectedMoments.Moments exact = ExpectedMoments.of(loop.dataMix(), bias, true, t)
                        .orElseThrow()
                        .get(t - 1);
                checks.add(check(
                        row,
                        "limit of squared 2-Wasserstein" + place,
                        known[1],
                        .1,
                        outcome.of(Metrics.SQUARED_WASSERSTEIN, t)));
                checks.add(check(
                        row,
                        "its part ‖μ‖² (recursion)" + place,
                        DIMENSIONS * exact.squaredMean(),
                        0,
                        outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
                checks.add(
                        check(row, "tr Σ/d (recursion)" + place, exact.variance(), 0, outcome.of(Metrics.VARIANCE, t)));
            }
        }
        return checks;
    }

    private static Check check(String row, String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(row, quantity, expected, error, measured.mean(), measured.error());
    }

    private static List<Check> effectiveSamples(GaussianLoops loops, Effort effort) {
        double[][] simulated = {{250, 300, 1.49}, {250, 1000, .83}, {1000, 300, 1.19}, {1000, 1000, .91}};
        RealDataDistance alone = new RealDataDistance(DIMENSIONS, true);
        List<Check> checks = new ArrayList<>();
        for (double[] known : simulated) {
            int real = (int) known[0];
            int synthetic = (int) known[1];
            int t = 30;
            Outcome.Estimate distance = loops.run(new Setting(
                            fresh(t, real, real, synthetic), DIMENSIONS, Estimator.UNBIASED, .7, effort.of(4, 40)))
                    .of(Metrics.SQUARED_WASSERSTEIN, t);
            double effective = alone.points(distance.mean());
            double slope = (alone.of(1.001 * effective) - alone.of(0.999 * effective)) / (0.002 * effective);
            checks.add(new Check(
                    "effective samples n_e/n_r, λ = .7, d = 100",
                    "n_r = %d, n_s = %d".formatted(real, synthetic),
                    known[2],
                    .05,
                    effective / real,
                    distance.error() / Math.abs(slope) / real));
        }
        return checks;
    }

    /**
     * Var μ · n of weight w on n fresh real points and 1 − w on n synthetic ones (arXiv 2502.18049); known for n → ∞, and
     * within 1/n of it.
     */
    private static List<Check> goldenRatio(GaussianLoops loops, Effort effort) {
        double[][] known = {{.5, 2 / 3.0}, {.618034, .618034}, {1, 1}};
        int n = effort.of(100, 400);
        int dimensions = effort.of(10, 20);
        int t = 15;
        List<Check> checks = new ArrayList<>();
        for (double[] each : known) {
            MixSpec mix = new MixSpec(
                    Counts.NONE, Counts.of(n), Counts.ALL, new Memory(1), null, RealWeight.of(each[0]), null);
            LoopSpec loop = LoopSpec.mixed(t, n, n, mix);
            Outcome.Estimate mean = loops.run(
                            new Setting(loop, dimensions, Estimator.UNBIASED, 1, effort.of(300, 1_000)))
                    .of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)
                    .times(n / (double) dimensions);
            checks.add(new Check(
                    "golden ratio of weights on fresh data",
                    "variance of the mean/(σ²/n), w = %.3f, n = %d".formatted(each[0], n),
                    each[1],
                    1.0 / n,
                    mean.mean(),
                    mean.error()));
        }
        return checks;
    }
}
