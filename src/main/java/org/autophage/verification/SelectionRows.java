package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.Choosing;
import org.autophage.remedy.Control;
import org.autophage.remedy.CuratedSamples;
import org.autophage.remedy.Remedy;
import org.autophage.remedy.Reward;
import org.autophage.remedy.Strength;
import org.autophage.remedy.VerifiedSamples;
import org.autophage.theory.SelectedNormal;
import org.autophage.verification.GaussianLoops.Setting;
import org.jspecify.annotations.Nullable;

/**
 * Loops of Gaussians between whose models a selection stands. A first model is a fit to n points of N(0, 1), and what it gives is
 * fitted anew: known is what a selection makes of N(0, 1), and a fit differs from it by a term of order 1/n, which counts as the
 * known value's error.
 */
final class SelectionRows {
    /** Points of a fit: enough that a fit is its law, but for 1/n. */
    private static final int MANY = 10_000;

    private static final int SMALL = 100;

    private SelectionRows() {}

    static List<Row> all() {
        return List.of(
                new Row("verifiers on N(0, 1)", SelectionRows::verifiers),
                new Row("soft verifier, whole loop", SelectionRows::softVerifier),
                new Row("one of K, the best", SelectionRows::best),
                new Row("one of two by softmax", SelectionRows::softmax),
                new Row("curation by generation 1's density", SelectionRows::firstModel),
                new Row("random controls", SelectionRows::controls));
    }

    private static Setting replace(int points, int generations, Estimator estimator, int replicas) {
        return new Setting(LoopSpec.fullySynthetic(generations, points, points), 1, estimator, 1, replicas);
    }

    private static VerifiedSamples verifier(
            VerifiedSamples.Rule rule,
            @Nullable Double centre,
            @Nullable Double radius,
            @Nullable Double width,
            double accepts,
            double errs,
            @Nullable Control control) {
        return new VerifiedSamples(rule, centre, radius, null, width, accepts, errs, 100, control);
    }

    private static VerifiedSamples ball(double radius, double accepts, double errs, @Nullable Control control) {
        return verifier(VerifiedSamples.Rule.BALL, 0.0, radius, null, accepts, errs, control);
    }

    /** A share of n·R candidates has this standard error. */
    static double error(double share, double accepted) {
        return share * Math.sqrt((1 - share) / accepted);
    }

    private static List<Check> verifiers(GaussianLoops loops, Effort effort) {
        String row = "verifiers on N(0, 1)";
        int replicas = effort.of(10, 100);
        List<Check> checks = new ArrayList<>();
        for (double radius : new double[] {1, 1.5, 2}) {
            moments(
                    row,
                    "|x| < " + radius,
                    ball(radius, 1, 0, null),
                    SelectedNormal.within(radius),
                    replicas,
                    loops,
                    checks);
        }
        moments(
                row,
                "|x| < 1, accepts .9, errs .2",
                ball(1, 0.9, 0.2, null),
                SelectedNormal.within(1, 0.9, 0.2),
                replicas,
                loops,
                checks);
        moments(
                row,
                "x > 0",
                verifier(VerifiedSamples.Rule.ABOVE, null, null, null, 1, 0, null),
                SelectedNormal.above(0),
                replicas,
                loops,
                checks);
        moments(
                row,
                "soft, c = .5, τ = 2",
                verifier(VerifiedSamples.Rule.SOFT, 0.5, null, 2.0, 1, 0, null),
                SelectedNormal.softly(0, 1, 0.5, 2),
                replicas,
                loops,
                checks);
        return checks;
    }

    /** Acceptance, mean and variance of what a verifier lets through of a first model, as the second is fitted to it. */
    private static void moments(
            String row,
            String rule,
            Remedy remedy,
            SelectedNormal known,
            int replicas,
            GaussianLoops loops,
            List<Check> checks) {
        Outcome outcome =
                loops.run(replace(MANY, 2, Estimator.UNBIASED, replicas).with(remedy));
        double drift = 1.0 / MANY;
        double accepted = (double) MANY * replicas;
        // a first fit's own moments vary by 1/√n: what they do to the acceptance is below its derivative, 1, times that
        checks.add(new Check(
                row,
                "acceptance, " + rule,
                known.acceptance(),
                Math.hypot(error(known.acceptance(), accepted), 1 / Math.sqrt(accepted)),
                outcome.told("verifier", "acceptance", 1).mean(),
                0));
        checks.add(check(
                row,
                "E μ², " + rule,
                known.mean() * known.mean(),
                2 * drift,
                outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, 2)));
        checks.add(check(row, "E σ², " + rule, known.variance(), 2 * drift, outcome.of(Metrics.VARIANCE, 2)));
    }

    /** A soft verifier leaves a Gaussian one: 1/σ² grows by 1/τ² each generation, and the mean goes to its centre. */
    private static List<Check> softVerifier(GaussianLoops loops, Effort effort) {
        String row = "soft verifier, whole loop";
        int t = 6;
        Outcome outcome = loops.run(replace(MANY, t, Estimator.UNBIASED, effort.of(10, 100))
                .with(verifier(VerifiedSamples.Rule.SOFT, 0.5, null, 2.0, 1, 0, null)));
        List<Check> checks = new ArrayList<>();
        for (int each = 2; each <= t; each += 2) {
            SelectedNormal known = SelectedNormal.softly(0, 1, 0.5, 2 / Math.sqrt(each - 1));
            double drift = each * 2.0 / MANY;
            checks.add(check(row, "E σ², t = " + each, known.variance(), drift, outcome.of(Metrics.VARIANCE, each)));
            checks.add(check(
                    row,
                    "E μ², t = " + each,
                    known.mean() * known.mean(),
                    drift,
                    outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, each)));
        }
        return checks;
    }

    private static CuratedSamples curation(
            Reward reward, double factor, Choosing choice, int of, @Nullable Control control) {
        return new CuratedSamples(reward, Strength.of(factor), null, null, null, choice, of, null, control);
    }

    /** E σ²_t = (1 − 1/n)^t v_K^(t−1), and the mean moves by e_K σ: exact for n ÷ fits, whatever n. */
    private static List<Check> best(GaussianLoops loops, Effort effort) {
        String row = "one of K, the best";
        List<Check> checks = new ArrayList<>();
        for (int k : new int[] {2, 4, 16}) {
            SelectedNormal known = SelectedNormal.bestOf(k);
            Outcome outcome = loops.run(replace(SMALL, 5, Estimator.BIASED, effort.of(400, 4_000))
                    .with(curation(Reward.COORDINATE, 1, Choosing.BEST, k, null)));
            for (int t : new int[] {2, 5}) {
                double expected = Math.pow(1 - 1.0 / SMALL, t) * Math.pow(known.variance(), t - 1);
                checks.add(check(
                        row,
                        "E σ², K = %d, n = 100, t = %d".formatted(k, t),
                        expected,
                        0,
                        outcome.of(Metrics.VARIANCE, t)));
            }
            Outcome many = loops.run(replace(MANY, 2, Estimator.UNBIASED, effort.of(5, 50))
                    .with(curation(Reward.COORDINATE, 1, Choosing.BEST, k, null)));
            checks.add(check(
                    row,
                    "E μ², K = %d, n = 10000, t = 2".formatted(k),
                    known.mean() * known.mean(),
                    2.0 / MANY,
                    many.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, 2)));
        }
        return checks;
    }

    /** r = x, K = 2: the second moment stays, and the mean moves by ½ E[D tanh(D/2)], D ~ N(0, 2). */
    private static List<Check> softmax(GaussianLoops loops, Effort effort) {
        String row = "one of two by softmax";
        SelectedNormal known = SelectedNormal.softmaxOfTwo(1);
        Outcome outcome = loops.run(replace(MANY, 2, Estimator.UNBIASED, effort.of(10, 100))
                .with(curation(Reward.COORDINATE, 1, Choosing.SOFTMAX, 2, null)));
        double drift = 2.0 / MANY;
        return List.of(
                check(
                        row,
                        "E μ², r = x",
                        known.mean() * known.mean(),
                        drift,
                        outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, 2)),
                check(row, "E σ², r = x", known.variance(), drift, outcome.of(Metrics.VARIANCE, 2)));
    }

    /**
     * The reward is ln φ, −x²/2 but for a constant: of two, the nearer to 0, whose square has the mean 1 − 2/π; in the next
     * generation the same of a model that is narrower by that. Generation 1's own density is that of a fit to n points.
     */
    private static List<Check> firstModel(GaussianLoops loops, Effort effort) {
        String row = "curation by generation 1's density";
        Outcome outcome = loops.run(replace(MANY, 3, Estimator.UNBIASED, effort.of(10, 40))
                .with(curation(Reward.FIRST_MODEL, 1, Choosing.BEST, 2, null)));
        List<Check> checks = new ArrayList<>();
        for (int t = 2; t <= 3; t++) {
            checks.add(check(
                    row,
                    "E σ², best of two, t = " + t,
                    Math.pow(1 - 2 / Math.PI, t - 1),
                    t * 2.0 / MANY,
                    outcome.of(Metrics.VARIANCE, t)));
        }
        return checks;
    }

    /** Controls change no law: E σ² = (1 − 1/n)^t as without any selection, exactly, for few points too. */
    private static List<Check> controls(GaussianLoops loops, Effort effort) {
        String row = "random controls";
        int n = 10;
        int t = 4;
        double expected = Math.pow(1 - 1.0 / n, t);
        List<Check> checks = new ArrayList<>();
        Remedy[] remedies = {
            ball(1, 0.9, 0.2, Control.RANDOM), curation(Reward.COORDINATE, 1, Choosing.BEST, 4, Control.RANDOM)
        };
        for (Remedy remedy : remedies) {
            Outcome outcome = loops.run(
                    replace(n, t, Estimator.BIASED, effort.of(5_000, 100_000)).with(remedy));
            checks.add(check(
                    row, "E σ², n = 10, t = 4, of " + remedy.kind(), expected, 0, outcome.of(Metrics.VARIANCE, t)));
            checks.add(check(
                    row,
                    "E μ², n = 10, t = 4, of " + remedy.kind(),
                    1 - expected,
                    0,
                    outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
        }
        return checks;
    }

    static Check check(String row, String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(row, quantity, expected, error, measured.mean(), measured.error());
    }
}
