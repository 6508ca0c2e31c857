package org.autophage.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.loop.KeptShares;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.theory.ExpectedMoments;
import org.autophage.verification.GaussianLoops.Setting;

/**
 * Loops on fresh data whose law moves by δ a generation. With a share α of fresh data a model is the past of the law, forgotten
 * by 1 − α a generation: its mean is behind by δ(1 − α)/α, and the places where the law has been add δ²(1 − α)/α² to its variance.
 */
final class DriftRows {
    private static final String ROW = "a law that moves by δ = .1, fresh data";
    private static final double STEP = 0.1;

    private DriftRows() {}

    static List<Row> all() {
        return List.of(new Row(ROW, DriftRows::checks));
    }

    private static List<Check> checks(GaussianLoops loops, Effort effort) {
        int t = 60;
        int n = 1000;
        List<Check> checks = new ArrayList<>();
        for (double share : new double[] {.2, .5}) {
            int real = (int) Math.round(share * n);
            LoopSpec loop = LoopSpec.freshData(t, n, n - real, real);
            Outcome outcome =
                    loops.run(new Setting(loop, 1, Estimator.UNBIASED, 1, effort.of(100, 1_000)).moving(STEP));
            double[] means = new double[t];
            Arrays.setAll(means, i -> STEP * i);
            ExpectedMoments.Moments exact = ExpectedMoments.of(loop.dataMix(), KeptShares.ALL, 1, true, means)
                    .orElseThrow()
                    .get(t - 1);
            String place = ", α = %s, n = %d".formatted(share, n);
            Outcome.Estimate squared = outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t);
            Outcome.Estimate variance = outcome.of(Metrics.VARIANCE, t);
            double noise = exact.squaredMean() - exact.lag() * exact.lag();
            double lag = Math.sqrt(squared.mean() - noise);
            checks.add(new Check(
                    ROW,
                    "how far the mean is behind, δ(1 − α)/α" + place,
                    STEP * (1 - share) / share,
                    0,
                    lag,
                    squared.error() / (2 * lag)));
            checks.add(new Check(
                    ROW,
                    "its squared distance (recursion)" + place,
                    exact.squaredMean(),
                    0,
                    squared.mean(),
                    squared.error()));
            checks.add(new Check(
                    ROW, "variance (recursion)" + place, exact.variance(), 0, variance.mean(), variance.error()));
            checks.add(new Check(
                    ROW,
                    "variance, 1 + δ²(1 − α)/α²" + place,
                    1 + STEP * STEP * (1 - share) / (share * share),
                    1.0 / n,
                    variance.mean(),
                    variance.error()));
        }
        return checks;
    }
}
