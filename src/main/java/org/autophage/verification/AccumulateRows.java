package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.theory.ExpectedMoments;
import org.autophage.verification.GaussianLoops.Setting;

/** Loops that keep everything, in d = 1 under the fit that divides by n. */
final class AccumulateRows {
    private AccumulateRows() {}

    static List<Row> all() {
        return List.of(
                new Row("accumulate, ÷ n", AccumulateRows::accumulate),
                new Row("accumulate-subsample, ÷ n", AccumulateRows::subsample));
    }

    /** After t generations the product is that to t; the limit sin(π/√n)/(π/√n) is within 1/(tn) of it. */
    private static List<Check> accumulate(GaussianLoops loops, Effort effort) {
        int t = effort.of(30, 100);
        List<Check> checks = new ArrayList<>();
        for (int n : new int[] {10, 32, 100, 316}) {
            int replicas = Math.max(1, effort.of(10_000, 40_000) / n);
            LoopSpec loop = LoopSpec.accumulate(t, n, n);
            Outcome outcome = loops.run(new Setting(loop, 1, Estimator.BIASED, 1, replicas));
            double product = 1;
            for (int k = 1; k <= t; k++) {
                product *= 1 - 1 / ((double) n * k * k);
            }
            Outcome.Estimate variance = outcome.of(Metrics.VARIANCE, t);
            String quantity = "E σ², n = %d, t = %d".formatted(n, t);
            checks.add(new Check("accumulate, ÷ n", quantity, product, 0, variance.mean(), variance.error()));
        }
        return checks;
    }

    /** Replicas of a batch share their draws, so that errors come from the spread of many batches. */
    private static List<Check> subsample(GaussianLoops loops, Effort effort) {
        double[][] simulated = {{10, .738, .004}, {32, .910, .006}, {100, .966, .007}};
        int t = 100;
        List<Check> checks = new ArrayList<>();
        for (double[] known : simulated) {
            int n = (int) known[0];
            LoopSpec loop = LoopSpec.accumulateSubsample(t, n, n);
            Outcome outcome = loops.run(
                    new Setting(loop, 1, Estimator.BIASED, 1, effort.of(4_000, 40_000) / n, effort.of(10, 40)));
            Outcome.Estimate variance = outcome.of(Metrics.VARIANCE, t);
            String row = "accumulate-subsample, ÷ n";
            String quantity = "E σ², n = %d, t = %d".formatted(n, t);
            checks.add(
                    new Check(row, quantity + " (simulated)", known[1], known[2], variance.mean(), variance.error()));
            double exact = ExpectedMoments.of(loop.dataMix(), 1, false, t)
                    .orElseThrow()
                    .get(t - 1)
                    .variance();
            checks.add(new Check(row, quantity + " (recursion)", exact, 0, variance.mean(), variance.error()));
        }
        return checks;
    }
}
