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
import org.autophage.remedy.OracleDetector;
import org.autophage.remedy.Remedy;
import org.autophage.theory.ExpectedMoments;
import org.autophage.theory.ExpectedMoments.Moments;
import org.autophage.verification.GaussianLoops.Setting;

/** Loops with remedies between mixing and training. */
final class RemedyRows {
    private static final String DETECTOR = "detector, n_r = 40, n_s = 160";
    private static final String FILTERED = "filters of right and of biased samples, n_r = 100, n_s = 900";
    private static final String GOLDEN = "golden weights, n_s = k n_r";

    private RemedyRows() {}

    static List<Row> all() {
        return List.of(
                new Row(DETECTOR, RemedyRows::detector),
                new Row(FILTERED, RemedyRows::filtered),
                new Row(GOLDEN, RemedyRows::golden));
    }

    /** True positives .9, false positives .1; seeds, because replicas share what is flagged. */
    private static List<Check> detector(GaussianLoops loops, Effort effort) {
        int t = 12;
        LoopSpec loop = LoopSpec.freshData(t, 52, 160, 40);
        OracleDetector detector = new OracleDetector(.9, .1, null);
        Moments exact = ExpectedMoments.of(loop.dataMix(), detector.keptShares().orElseThrow(), 1, false, t)
                .orElseThrow()
                .get(t - 1);
        Outcome outcome = loops.run(new Setting(loop, 1, Estimator.BIASED, 1, 200, effort.of(40, 400)).with(detector));
        return List.of(
                check(DETECTOR, "E σ² (recursion)", exact.variance(), 0, outcome.of(Metrics.VARIANCE, t)),
                check(
                        DETECTOR,
                        "E μ² (recursion)",
                        exact.squaredMean(),
                        0,
                        outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
    }

    /**
     * E μ² + (1 − √E σ²)² where the loop ends: samples that are not biased carry information on earlier real data, so that a filter
     * harms; of biased ones it helps. Of generation 60's moments .9⁶⁰ = .002 are left of the start.
     */
    private static List<Check> filtered(GaussianLoops loops, Effort effort) {
        double[][] known = {{1, .0052, .0071, .0100}, {.8, .164, .0133, .0100}, {.6, .286, .0278, .0100}};
        String[] filters = {"no filter", "true positives .9, false positives .05", "real samples only"};
        Remedy[][] remedies = {{}, {new OracleDetector(.9, .05, null)}, {new OracleDetector(1, 0, null)}};
        List<Check> checks = new ArrayList<>();
        for (double[] each : known) {
            int t = each[0] == 1 ? 60 : 30; // biased samples are forgotten sooner: λ(1 − α) a generation
            LoopSpec loop = LoopSpec.freshData(t, 1000, 900, 100);
            for (int i = 0; i < filters.length; i++) {
                Outcome outcome =
                        loops.run(new Setting(loop, 1, Estimator.BIASED, each[0], effort.of(4, 200), effort.of(10, 20))
                                .with(remedies[i]));
                Outcome.Estimate variance = outcome.of(Metrics.VARIANCE, t);
                Outcome.Estimate squaredMean = outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t);
                double deviation = Math.sqrt(variance.mean());
                double slope = (1 - deviation) / deviation;
                checks.add(new Check(
                        FILTERED,
                        "E μ² + (1 − √E σ²)², λ = %s, %s".formatted(each[0], filters[i]),
                        each[i + 1],
                        each[i + 1] > .1 ? 5e-4 : 5e-5,
                        squaredMean.mean() + (1 - deviation) * (1 - deviation),
                        Math.hypot(squaredMean.error(), slope * variance.error())));
            }
        }
        return checks;
    }

    /** Var μ · n_r/σ²: w itself for the best weight (arXiv 2502.18049), (1 + k)/(1 + 2k) for equal ones; n → ∞, within 1/n of it. */
    private static List<Check> golden(GaussianLoops loops, Effort effort) {
        double[][] known = {{1, .618034, 2 / 3.0}, {2, .5, .6}, {4, .390388, 5 / 9.0}};
        int n = effort.of(100, 400);
        int dimensions = 10;
        int t = 15;
        List<Check> checks = new ArrayList<>();
        for (double[] each : known) {
            int k = (int) each[0];
            RealWeight[] weights = {RealWeight.GOLDEN, null};
            for (int i = 0; i < weights.length; i++) {
                MixSpec mix = new MixSpec(Counts.NONE, Counts.of(n), Counts.ALL, new Memory(1), null, weights[i], null);
                Outcome.Estimate mean = loops.run(new Setting(
                                LoopSpec.mixed(t, n, k * n, mix),
                                dimensions,
                                Estimator.UNBIASED,
                                1,
                                effort.of(150, 1_000)))
                        .of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)
                        .times(n / (double) dimensions);
                checks.add(check(
                        GOLDEN,
                        "variance of the mean/(σ²/n_r), k = %d, %s".formatted(k, i == 0 ? "golden" : "equal weights"),
                        each[i + 1],
                        1.0 / n,
                        mean));
            }
        }
        return checks;
    }

    private static Check check(String row, String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(row, quantity, expected, error, measured.mean(), measured.error());
    }
}
