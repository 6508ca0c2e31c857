package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.ExtrapolatedWeights;
import org.autophage.remedy.Strength;
import org.autophage.verification.GaussianLoops.Setting;

/**
 * Neon (arXiv 2510.03597) on Gaussians whose fit divides by n: one step multiplies E σ² by g = 1 + w(1 − λ(1 − 1/n_s)) and adds
 * w²λ(1 − 1/n)/n_s to E μ², for mean and covariance are linear in the weights.
 */
final class ExtrapolationRows {
    private static final String NAME = "extrapolated weights, ÷ n";

    private ExtrapolationRows() {}

    static List<Row> all() {
        return List.of(
                new Row(NAME + ", one step", ExtrapolationRows::oneStep),
                new Row(NAME + ", loops at the break-even weight", ExtrapolationRows::breakEven),
                new Row(NAME + ", a weight a generation", ExtrapolationRows::curriculum));
    }

    private static double factor(double weight, double bias, int own) {
        return 1 + weight * (1 - bias * (1 - 1.0 / own));
    }

    private static List<Check> oneStep(GaussianLoops loops, Effort effort) {
        double[][] known = {{50, 50, .8, .5, 1.08584, .02392}, {50, 200, .9, .19529, 1, .02017}};
        List<Check> checks = new ArrayList<>();
        for (double[] each : known) {
            int n = (int) each[0];
            int own = (int) each[1];
            Outcome outcome = loops.run(new Setting(
                            LoopSpec.fullySynthetic(1, n, n), 1, Estimator.BIASED, each[2], effort.of(20_000, 200_000))
                    .with(new ExtrapolatedWeights(each[3], own, null, null)));
            String place = ", n = %d, n_s = %d, λ = %s, w = %s".formatted(n, own, each[2], each[3]);
            checks.add(check("E σ²" + place, each[4], .5e-5, outcome.of(Metrics.VARIANCE, 1)));
            checks.add(check("E μ²" + place, each[5], .5e-5, outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, 1)));
        }
        return checks;
    }

    /**
     * At w* = (1/((1 − 1/n)λ) − 1)/(1 − λ(1 − 1/n_s)) the models' E σ² is 1/λ in every generation. Of 20 points about one
     * fit in 300 has a variance that is clipped, which adds some 10⁻⁴ a generation.
     */
    private static List<Check> breakEven(GaussianLoops loops, Effort effort) {
        double[][] settings = {{50, 200, .9, 1.28026, 8}, {20, 20, 1, 20 / 19.0, 10}};
        List<Check> checks = new ArrayList<>();
        for (double[] each : settings) {
            int n = (int) each[0];
            int own = (int) each[1];
            double bias = each[2];
            int t = (int) each[4];
            Outcome outcome = loops.run(
                    new Setting(LoopSpec.fullySynthetic(t, n, n), 1, Estimator.BIASED, bias, effort.of(20_000, 100_000))
                            .with(new ExtrapolatedWeights(each[3], own, null, null)));
            String place = ", n = %d, n_s = %d, λ = %s, w = %.5f".formatted(n, own, bias, each[3]);
            double rounding = n == 20 ? 1e-3 : 1e-5; // clipped variances; digits of w
            checks.add(check("E σ², t = " + t + place, 1 / bias, rounding, outcome.of(Metrics.VARIANCE, t)));
        }
        return checks;
    }

    /** Each generation's own weight counts, and the last one for all later. */
    private static List<Check> curriculum(GaussianLoops loops, Effort effort) {
        int n = 50;
        double bias = .9;
        Strength weight = new Strength(List.of(0.0, 1.0, .5));
        Outcome outcome = loops.run(
                new Setting(LoopSpec.fullySynthetic(4, n, n), 1, Estimator.BIASED, bias, effort.of(10_000, 100_000))
                        .with(new ExtrapolatedWeights(weight, n, null, null)));
        List<Check> checks = new ArrayList<>();
        double variance = 1 / bias;
        for (int t = 1; t <= 4; t++) {
            variance *= bias * (1 - 1.0 / n) * factor(weight.at(t), bias, n);
            checks.add(check(
                    "E σ², t = %d, n = n_s = 50, λ = .9, w = 0, 1, then .5".formatted(t),
                    variance,
                    0,
                    outcome.of(Metrics.VARIANCE, t)));
        }
        return checks;
    }

    private static Check check(String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(NAME, quantity, expected, error, measured.mean(), measured.error());
    }
}
