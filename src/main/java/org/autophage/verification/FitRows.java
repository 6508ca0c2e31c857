package org.autophage.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.loop.Counts;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Memory;
import org.autophage.loop.MixSpec;
import org.autophage.loop.Start;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianFit;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.InterpolatedWeights;
import org.autophage.remedy.Strength;
import org.autophage.verification.GaussianLoops.Setting;

/** Loops whose fits do something besides, in d = 1 and dividing by n, each with its closed form. */
final class FitRows {
    private static final String NAME = "regularized fits, ÷ n";

    private FitRows() {}

    static List<Row> all() {
        return List.of(
                new Row(NAME + ", flips", FitRows::flips),
                new Row(NAME + ", jitter and shrinkage", FitRows::additive),
                new Row(NAME + ", tails", FitRows::tails),
                new Row(NAME + ", entropy", FitRows::entropy),
                new Row(NAME + ", steps", FitRows::steps));
    }

    private static Outcome run(GaussianLoops loops, GaussianFit fit, LoopSpec loop, double bias, int replicas) {
        return loops.run(new Setting(loop, 1, new GaussianSpec(Estimator.BIASED, fit), bias, replicas, 1));
    }

    /** σ̂² = Σx²/n: E σ² = 1, and ln σ² falls by ln(n/2) − ψ(n/2) a generation: −1.0332 after ten of n = 10. */
    private static List<Check> flips(GaussianLoops loops, Effort effort) {
        GaussianFit fit = new GaussianFit(true, null, null, null, null, null);
        Outcome outcome = run(loops, fit, LoopSpec.fullySynthetic(10, 10, 10), 1, effort.of(10_000, 100_000));
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 5}) {
            checks.add(check("E σ², sign flips, n = 10, t = " + t, 1, 0, outcome.of(Metrics.VARIANCE, t)));
        }
        checks.add(check("E ln σ², sign flips, n = 10, t = 10", -1.0332, .5e-4, outcome.of(Metrics.LOG_VARIANCE, 10)));
        checks.add(check(
                "E μ², sign flips, n = 10, t = 10", 0, 1e-20, outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, 10)));
        return checks;
    }

    /** v' = a v + b with limits .400 and .68966; t generations from v = 1. */
    private static List<Check> additive(GaussianLoops loops, Effort effort) {
        int n = 20;
        double kept = 1 - 1.0 / n;
        int replicas = effort.of(10_000, 100_000);
        GaussianFit jitter = new GaussianFit(null, null, Math.sqrt(.02), null, null, null);
        GaussianFit shrink = new GaussianFit(null, null, null, .1, null, null);
        int t = 20;
        List<Check> checks = new ArrayList<>();
        checks.add(check(
                "E σ², jitter of variance .02 (limit .400), n = 20, t = 20",
                .4 + .6 * Math.pow(kept, t),
                0,
                run(loops, jitter, LoopSpec.fullySynthetic(t, n, n), 1, replicas)
                        .of(Metrics.VARIANCE, t)));
        double limit = .1 / (1 - .9 * kept);
        checks.add(check(
                "E σ², shrinkage ρ = .1 (limit .68966), n = 20, t = 20",
                limit + (1 - limit) * Math.pow(.9 * kept, t),
                0,
                run(loops, shrink, LoopSpec.fullySynthetic(t, n, n), 1, replicas)
                        .of(Metrics.VARIANCE, t)));
        return checks;
    }

    /**
     * At a = .25798 the factor 1 + aφ(a)/(1 − Φ(a)) is 1/λ for λ = .8, so that E σ² stays at 1/λ; at a = .5 it is 1.5705. Known for
     * n → ∞: with n points mean and cut are estimates, which takes about 2/n a generation.
     */
    private static List<Check> tails(GaussianLoops loops, Effort effort) {
        int n = 5_000;
        int replicas = effort.of(40, 400);
        GaussianFit even = new GaussianFit(null, .25798, null, null, null, null);
        GaussianFit half = new GaussianFit(null, .5, null, null, null, null);
        int t = 5;
        return List.of(
                check(
                        "E σ², tails beyond .25798σ, λ = .8, n = 5000, t = 5",
                        1.25,
                        2.0 * t / n,
                        run(loops, even, LoopSpec.fullySynthetic(t, n, n), .8, replicas)
                                .of(Metrics.VARIANCE, t)),
                check(
                        "E σ², tails beyond .5σ, n = 5000, t = 1",
                        1.5705,
                        2.0 / n,
                        run(loops, half, LoopSpec.fullySynthetic(1, n, n), 1, replicas)
                                .of(Metrics.VARIANCE, 1)));
    }

    /** E σ² = ((1 − 1/n)/(1 − β))^t: at β = 1/n it stays. */
    private static List<Check> entropy(GaussianLoops loops, Effort effort) {
        int n = 20;
        int t = 10;
        List<Check> checks = new ArrayList<>();
        for (double beta : new double[] {1.0 / n, .1}) {
            GaussianFit fit = new GaussianFit(null, null, null, null, beta, null);
            checks.add(check(
                    "E σ², entropy β = %s, n = 20, t = 10".formatted(beta),
                    beta == .1 ? 1.71716 : 1,
                    beta == .1 ? .5e-4 : 0,
                    run(loops, fit, LoopSpec.fullySynthetic(t, n, n), 1, effort.of(20_000, 200_000))
                            .of(Metrics.VARIANCE, t)));
        }
        return checks;
    }

    /**
     * E σ²_t = (1 − 1/n)(1 − η/n)^{t−1} and E μ²_t = 1/n + (η²/n)(1 − 1/n) Σ_{k&lt;t−1} (1 − η/n)^k: fine-tuning does not prevent, it
     * divides the rate. The same for the fit's own step and for the remedy, which goes the same way between training and sampling.
     */
    private static List<Check> steps(GaussianLoops loops, Effort effort) {
        int n = 20;
        int t = 10;
        GaussianFit fit = new GaussianFit(null, null, null, null, null, .3);
        MixSpec mix = new MixSpec(Counts.NONE, Counts.NONE, Counts.ALL, new Memory(1), null, null, Start.FINE_TUNE);
        int replicas = effort.of(10_000, 100_000);
        Map<String, Outcome> ways = new LinkedHashMap<>();
        ways.put("step", run(loops, fit, LoopSpec.mixed(t, n, n, mix), 1, replicas));
        ways.put(
                "interpolate",
                loops.run(new Setting(LoopSpec.fullySynthetic(t, n, n), 1, Estimator.BIASED, 1, replicas)
                        .with(new InterpolatedWeights(Strength.of(.3)))));
        List<Check> checks = new ArrayList<>();
        ways.forEach((way, outcome) -> {
            String place = ", %s η = .3, n = 20, t = 10".formatted(way);
            checks.add(check("E σ²" + place, .82918, .5e-5, outcome.of(Metrics.VARIANCE, t)));
            checks.add(check("E μ²" + place, .08625, .5e-5, outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
        });
        return checks;
    }

    private static Check check(String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(NAME, quantity, expected, error, measured.mean(), measured.error());
    }
}
