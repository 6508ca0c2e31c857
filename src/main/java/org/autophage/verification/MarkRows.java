package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.loop.LoopSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.remedy.MarkedSamples;
import org.autophage.verification.GaussianLoops.Setting;

/** A mark on samples: how well it is found, and how it grows in models that learn it. */
final class MarkRows {
    private static final String DETECTED = "spread-spectrum mark, d = 784";
    private static final String GROWTH = "growth of a mark of strength 1";

    private MarkRows() {}

    static List<Row> all() {
        return List.of(new Row(DETECTED, MarkRows::detected), new Row(GROWTH, MarkRows::growth));
    }

    /**
     * Φ(a√d/σ − z), a/σ = 1/6, false positives .001. The formula's z is of a normal law and its ‖x‖ without the mark, which is .001
     * off; each batch sets its threshold by 20,000 real samples, of which 20 lie beyond it, and a threshold that errs by ε finds fewer by
     * ε²/16: .0003.
     */
    private static List<Check> detected(GaussianLoops loops, Effort effort) {
        int n = 20_000;
        MarkedSamples mark = new MarkedSamples(1 / 6.0, 1, .001);
        // a model of so many samples has a fortieth of their deviation as its mean along the key
        Outcome outcome = loops.run(
                new Setting(LoopSpec.fullySynthetic(1, n, 2_000), 784, Estimator.UNBIASED, 1, 1, effort.of(3, 20))
                        .with(mark));
        return List.of(
                check(DETECTED, "share found, a/σ = 1/6", .9425, .0015, outcome.told("mark", "detectedAfter", 1)));
    }

    /** What models draw before it is marked: (t − 1)a if all is replaced, a(H_t − 1) if data accumulate, limit q a/(1 − q). */
    private static List<Check> growth(GaussianLoops loops, Effort effort) {
        int n = 50;
        List<LoopSpec> kinds = List.of(
                LoopSpec.fullySynthetic(8, n, n), LoopSpec.accumulate(10, n, n), LoopSpec.freshData(30, n, 3 * n, n));
        String[] names = {"replace, t = 8", "accumulate, t = 10", "fresh data, q = .75, t = 30"};
        double[] known = {7, 1.928968, 3 * (1 - Math.pow(.75, 29))};
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            LoopSpec loop = kinds.get(i);
            Outcome outcome = loops.run(new Setting(loop, 4, Estimator.BIASED, 1, 50, effort.of(10, 100))
                    .with(new MarkedSamples(1, 1, .01)));
            checks.add(
                    check(GROWTH, names[i], known[i], 0, outcome.told("mark", "strengthBefore", loop.generations())));
        }
        return checks;
    }

    private static Check check(String row, String quantity, double expected, double error, Outcome.Estimate measured) {
        return new Check(row, quantity, expected, error, measured.mean(), measured.error());
    }
}
