package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.SeveralModels;
import org.autophage.remedy.SeveralModels.Parts;
import org.autophage.verification.GaussianLoops.Setting;

/**
 * M Gaussians in place of one, fits that divide by n, sampled as a mixture. On disjoint parts the mixture's expected variance is that
 * of one Gaussian on all, 1 − 1/n, in a loop (1 − 1/n)^t; on bootstrap samples it is (1 − 1/n)(1 − 1/(nM)).
 */
final class EnsembleRows {
    private static final String NAME = "ensembles, ÷ n, n = 40";
    private static final int POINTS = 40;

    private EnsembleRows() {}

    static List<Row> all() {
        return List.of(new Row(NAME, EnsembleRows::mixtures));
    }

    /** Replicas share which member a sample is of, and which points are drawn, so that errors come from the spread of batches. */
    private static List<Check> mixtures(GaussianLoops loops, Effort effort) {
        Outcome disjoint = loops.run(new Setting(
                        LoopSpec.fullySynthetic(5, POINTS, POINTS),
                        1,
                        Estimator.BIASED,
                        1,
                        effort.of(300, 1_000),
                        effort.of(15, 40))
                .with(new SeveralModels(4, Parts.DISJOINT)));
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 5}) {
            checks.add(check(
                    "E σ², M = 4 on disjoint parts, t = " + t,
                    Math.pow(1 - 1.0 / POINTS, t),
                    0,
                    disjoint.of(Metrics.VARIANCE, t)));
        }
        Outcome bagging = loops.run(new Setting(
                        LoopSpec.fullySynthetic(1, POINTS, POINTS),
                        1,
                        Estimator.BIASED,
                        1,
                        effort.of(400, 2_000),
                        effort.of(20, 40))
                .with(new SeveralModels(4, Parts.BOOTSTRAP)));
        checks.add(check("E σ², M = 4 on bootstrap samples, t = 1", .96891, .5e-5, bagging.of(Metrics.VARIANCE, 1)));
        return checks;
    }

    private static Check check(String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(NAME, quantity, expected, error, measured.mean(), measured.error());
    }
}
