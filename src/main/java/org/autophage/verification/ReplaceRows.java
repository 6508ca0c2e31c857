package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.theory.LogVariance;
import org.autophage.verification.GaussianLoops.Setting;

/** Loops that replace all data by samples of the last model. */
final class ReplaceRows {
    private ReplaceRows() {}

    static List<Row> all() {
        return List.of(
                new Row(
                        "replace, variance ÷ n, n = 10",
                        (loops, effort) ->
                                biased("replace, variance ÷ n", loops, 10, effort.of(20_000, 200_000), 1, 5, 10)),
                new Row(
                        "Kazdan's setting: replace, ÷ n, n = 100",
                        (loops, effort) ->
                                biased("Kazdan's setting, ÷ n", loops, 100, effort.of(1_000, 20_000), 1, 10, 50, 100)),
                new Row("replace, unbiased, λ = 1", (loops, effort) -> unbiased(loops, effort, 1)),
                new Row("replace, unbiased, λ = .8", (loops, effort) -> unbiased(loops, effort, 0.8)),
                new Row("mean drift, unbiased, λ = .8, d = 5", ReplaceRows::drift));
    }

    private static LoopSpec replace(int points, int generations) {
        return LoopSpec.fullySynthetic(generations, points, points);
    }

    private static List<Check> biased(String row, GaussianLoops loops, int n, int replicas, int... generations) {
        int last = generations[generations.length - 1];
        Outcome outcome = loops.run(new Setting(replace(n, last), 1, Estimator.BIASED, 1, replicas));
        List<Check> checks = new ArrayList<>();
        for (int t : generations) {
            double variance = Math.pow(1 - 1.0 / n, t);
            checks.add(check(row, "E σ², n = " + n, t, variance, outcome.of(Metrics.VARIANCE, t)));
            checks.add(
                    check(row, "E μ², n = " + n, t, 1 - variance, outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
        }
        return checks;
    }

    /** The mean variance is heavy-tailed, so that it is tested for t ≤ n only; its logarithm is not. */
    private static List<Check> unbiased(GaussianLoops loops, Effort effort, double bias) {
        String row = "replace, unbiased, λ = " + bias;
        Outcome few = loops.run(new Setting(replace(10, 50), 1, Estimator.UNBIASED, bias, effort.of(20_000, 200_000)));
        Outcome many = loops.run(new Setting(replace(100, 100), 1, Estimator.UNBIASED, bias, effort.of(1_000, 20_000)));
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 5, 10}) {
            checks.add(check(row, "E σ², n = 10", t, Math.pow(bias, t - 1), few.of(Metrics.VARIANCE, t)));
        }
        for (int t : new int[] {10, 50}) {
            checks.add(check(row, "E σ², n = 100", t, Math.pow(bias, t - 1), many.of(Metrics.VARIANCE, t)));
        }
        for (int t : new int[] {1, 10, 50}) {
            double expected = LogVariance.ofReplacing(10, 10, bias, true, t);
            checks.add(check(row, "E ln σ², n = 10", t, expected, few.of(Metrics.LOG_VARIANCE, t)));
        }
        double expected = LogVariance.ofReplacing(100, 100, bias, true, 100);
        checks.add(check(row, "E ln σ², n = 100", 100, expected, many.of(Metrics.LOG_VARIANCE, 100)));
        return checks;
    }

    private static List<Check> drift(GaussianLoops loops, Effort effort) {
        int n = 20;
        int dimensions = 5;
        double bias = 0.8;
        Outcome outcome =
                loops.run(new Setting(replace(n, 20), dimensions, Estimator.UNBIASED, bias, effort.of(5_000, 100_000)));
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 5, 20}) {
            double expected = dimensions / (double) n * (1 - Math.pow(bias, t)) / (1 - bias);
            checks.add(check(
                    "mean drift, unbiased, λ = .8",
                    "E‖μ‖², d = 5, n = 20",
                    t,
                    expected,
                    outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
        }
        return checks;
    }

    private static Check check(String row, String quantity, int t, double expected, Outcome.Estimate measured) {
        return new Check(row, quantity + ", t = " + t, expected, 0, measured.mean(), measured.error());
    }
}
