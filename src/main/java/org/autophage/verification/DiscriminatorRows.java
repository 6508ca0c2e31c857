package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.ChainedSamples;
import org.autophage.remedy.DiscriminatedSamples;
import org.autophage.remedy.Discriminator;
import org.autophage.theory.SelectedNormal;
import org.autophage.verification.GaussianLoops.Setting;
import org.jspecify.annotations.Nullable;

/** Discriminators in loops whose first models are made N(0, s²): too wide, which they mend, and too narrow, which they cannot. */
final class DiscriminatorRows {
    /** Points of a fit: enough that a fit is its law, but for 1/n. */
    private static final int MANY = 10_000;

    private DiscriminatorRows() {}

    static List<Row> all() {
        return List.of(
                new Row("discriminator rejection", DiscriminatorRows::rejection),
                new Row("Metropolis-Hastings", DiscriminatorRows::chains));
    }

    private static Setting from(double deviation, int replicas) {
        LoopSpec loop = LoopSpec.fullySynthetic(2, MANY, MANY);
        return new Setting(loop, 1, Estimator.UNBIASED, 1, replicas).widened(deviation);
    }

    private static DiscriminatedSamples rejection(Discriminator discriminator, @Nullable Double bound) {
        return new DiscriminatedSamples(discriminator, MANY, bound, 0, 100, null);
    }

    private static List<Check> rejection(GaussianLoops loops, Effort effort) {
        String row = "discriminator rejection";
        int replicas = effort.of(5, 20);
        List<Check> checks = new ArrayList<>();
        Outcome wide = loops.run(from(1.5, replicas).with(rejection(Discriminator.ORACLE, null)));
        double oneFit = 1 / Math.sqrt(2.0 * MANY * replicas); // relative error of a deviation, over all replicas
        checks.add(acceptance(row, "oracle, s = 1.5", 1 / 1.5, oneFit, replicas, wide));
        checks.add(SelectionRows.check(row, "E σ², oracle, s = 1.5", 1, 2.0 / MANY, wide.of(Metrics.VARIANCE, 2)));
        Outcome trained = loops.run(from(1.5, replicas).with(rejection(Discriminator.TRAINED, null)));
        // an estimated ratio is off by its estimation, √(3/n) of a logarithm of its three weights, in either direction
        checks.add(SelectionRows.check(
                row, "E σ², trained, s = 1.5", 1, Math.sqrt(3.0 / MANY), trained.of(Metrics.VARIANCE, 2)));
        double s = 0.8;
        for (double c : effort == Effort.QUICK ? new double[] {1.5, 2.5} : new double[] {1.5, 2, 2.5, 3}) {
            SelectedNormal known = SelectedNormal.rejected(s, c);
            double bound = s * Math.exp(c * c / 2 * (1 / (s * s) - 1));
            Outcome narrow = loops.run(from(s, replicas).with(rejection(Discriminator.ORACLE, bound)));
            String place = "oracle, s = .8, capped at |x| = " + c;
            double slope = Math.abs(1 - c * c / (s * s)); // of the logarithm of the bound in that of the deviation
            checks.add(acceptance(row, place, known.acceptance(), slope * oneFit, replicas, narrow));
            checks.add(SelectionRows.check(
                    row, "E σ², " + place, known.variance(), slope * slope / 2 / MANY, narrow.of(Metrics.VARIANCE, 2)));
        }
        return checks;
    }

    /** @param relative error of the known value, by what first fits are off; the candidates' own comes on top */
    private static Check acceptance(
            String row, String place, double known, double relative, int replicas, Outcome outcome) {
        return new Check(
                row,
                "acceptance, " + place,
                known,
                Math.hypot(known * relative, SelectionRows.error(known, (double) MANY * replicas)),
                outcome.told("discriminator-rejection", "acceptance", 1).mean(),
                0);
    }

    /** The ratio is at most s = 1.5, so that of a chain's start less than (1 − 1/1.5)^15 = 7e-8 is left. */
    private static List<Check> chains(GaussianLoops loops, Effort effort) {
        Outcome outcome =
                loops.run(from(1.5, effort.of(3, 15)).with(new ChainedSamples(Discriminator.ORACLE, MANY, 15, null)));
        return List.of(SelectionRows.check(
                "Metropolis-Hastings",
                "E σ², oracle, s = 1.5, K = 15",
                1,
                2.0 / MANY,
                outcome.of(Metrics.VARIANCE, 2)));
    }
}
