package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.CentreCorrection;
import org.autophage.remedy.EditedSamples;
import org.autophage.remedy.RealCorrection;
import org.autophage.remedy.Strength;
import org.autophage.theory.EditedNormal;
import org.autophage.theory.NormalCentres;
import org.autophage.verification.GaussianLoops.Setting;

/** Loops of Gaussians whose samples are corrected. */
final class CorrectionRows {
    private CorrectionRows() {}

    static List<Row> all() {
        return List.of(
                new Row("idealized correction", CorrectionRows::real),
                new Row("correction by centres", CorrectionRows::centres),
                new Row("edited real points, ÷ n", CorrectionRows::edited));
    }

    /**
     * A fresh share α of n whose synthetic part is replaced by real points with probability γ/(1 + γ) is a fresh share
     * α + (1 − α)γ/(1 + γ), whose limit is m = 1/(nα(2 − α) + 1 − α) and 1 − m. That the number of replaced points is left to chance
     * adds less than 1e-4.
     */
    private static List<Check> real(GaussianLoops loops, Effort effort) {
        String row = "idealized correction";
        int n = 100;
        int t = 30;
        double share = 0.28;
        double drift = 1 / (n * share * (2 - share) + 1 - share);
        LoopSpec loop = LoopSpec.freshData(t, n, 90, 10);
        Outcome outcome = loops.run(new Setting(loop, 1, Estimator.BIASED, 1, effort.of(500, 20_000))
                .with(new RealCorrection(Strength.of(0.25))));
        return List.of(
                SelectionRows.check(
                        row, "E σ², n = 100, α = .1, γ = .25", 1 - drift, 1e-4, outcome.of(Metrics.VARIANCE, t)),
                SelectionRows.check(
                        row,
                        "E μ², n = 100, α = .1, γ = .25",
                        drift,
                        1e-4,
                        outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
    }

    /**
     * A variance goes to what the exact centres of N(0, 1) leave of it. Those that are found of n real points are off: what they leave
     * by 2√(Σ p c² σ²/n) with p, c and σ² of each cell, for K = 4 by .6/√n, and more since centres move each other; 1/√n is taken, each
     * generation again.
     */
    private static List<Check> centres(GaussianLoops loops, Effort effort) {
        String row = "correction by centres";
        int points = 10_000;
        int real = effort.of(50_000, 200_000);
        int t = 6;
        List<Check> checks = new ArrayList<>();
        for (int k : effort == Effort.QUICK ? new int[] {4} : new int[] {4, 16}) {
            NormalCentres exact = NormalCentres.of(k);
            LoopSpec loop = LoopSpec.fullySynthetic(t, points, points);
            Outcome outcome = loops.run(new Setting(loop, 1, Estimator.UNBIASED, 1, effort.of(5, 50))
                    .with(new CentreCorrection(k, real, null)));
            double known = 1;
            for (int each = 2; each <= t; each++) {
                known = exact.variance(known);
                if (each % 2 == 0) {
                    checks.add(SelectionRows.check(
                            row,
                            "E σ², K = %d, t = %d".formatted(k, each),
                            known,
                            (each - 1) / Math.sqrt(real),
                            outcome.of(Metrics.VARIANCE, each)));
                }
            }
        }
        return checks;
    }

    /** What is known is the Markov chain of {@link EditedNormal}; its integrals err by less than 1e-6. */
    private static List<Check> edited(GaussianLoops loops, Effort effort) {
        String row = "edited real points, ÷ n";
        double[][] settings = {{20, .7, 1, 5}, {200, .5, .8, 12}};
        List<Check> checks = new ArrayList<>();
        for (double[] each : settings) {
            int n = (int) each[0];
            int t = (int) each[3];
            EditedNormal.Expected expected = new EditedNormal(n, each[1], each[2]).at(t);
            Outcome outcome = loops.run(new Setting(
                            LoopSpec.fullySynthetic(t, n, n),
                            1,
                            Estimator.BIASED,
                            each[2],
                            effort.of(400_000 / n, 4_000_000 / n))
                    .with(new EditedSamples(Strength.of(each[1]))));
            String place = ", n = %d, σ = %s, λ = %s, t = %d".formatted(n, each[1], each[2], t);
            checks.add(SelectionRows.check(
                    row, "E σ²" + place, expected.variance(), 1e-6, outcome.of(Metrics.VARIANCE, t)));
            checks.add(SelectionRows.check(
                    row, "E μ²" + place, expected.drift(), 1e-6, outcome.of(Metrics.SQUARED_WASSERSTEIN_OF_MEANS, t)));
        }
        return checks;
    }
}
