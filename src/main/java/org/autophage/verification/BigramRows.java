package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.Discrete;
import org.autophage.data.sequence.MarkovTokensSpec;
import org.autophage.loop.LoopSpec;
import org.autophage.model.sequence.MarkovSpec;
import org.autophage.verification.TokenLoops.Learnt;

/** Loops of bigram models, whose tables lose heterozygosity row by row. */
final class BigramRows {
    private static final List<List<Double>> TABLE = List.of(
            List.of(.1, .2, .3, .4), List.of(.25, .25, .25, .25), List.of(.7, .1, .1, .1), List.of(.05, .05, .1, .8));

    private static final int T = 10;

    private BigramRows() {}

    static List<Row> all() {
        return List.of(
                new Row("bigrams, replace, 100 samples a row", BigramRows::fixedRows),
                new Row("bigrams, replace, sequences of 400", BigramRows::sequences));
    }

    private static double real(int row) {
        return Discrete.heterozygosity(
                TABLE.get(row).stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Exact: each row is a loop of its own. */
    private static List<Check> fixedRows(GaussianLoops loops, Effort effort) {
        int each = 100;
        Learnt learnt = loops.ofTokens()
                .run(
                        MarkovTokensSpec.of(TABLE, null, effort.of(500, 4_000)),
                        MarkovSpec.DEFAULTS,
                        LoopSpec.fullySynthetic(T, 4 * each, 4 * each),
                        1,
                        T);
        List<Check> checks = new ArrayList<>();
        for (int row = 0; row < TABLE.size(); row++) {
            Outcome.Estimate measured = learnt.of(T, row, Discrete::heterozygosity);
            checks.add(new Check(
                    "bigrams, 100 samples a row",
                    "E H of row %d, t = %d".formatted(row, T),
                    real(row) * Math.pow(1 - 1.0 / each, T),
                    0,
                    measured.mean(),
                    measured.error()));
        }
        return checks;
    }

    /**
     * A guide only: in a sequence a row has about nπ samples, but π moves too. The largest deviation of such loops from the guide that is
     * known is .046, which is four of the errors that it is given here.
     */
    private static List<Check> sequences(GaussianLoops loops, Effort effort) {
        int length = 400;
        MarkovTokensSpec data = MarkovTokensSpec.of(TABLE, length, effort.of(200, 2_000));
        double[] stationary = data.open().knownTokenLaw().orElseThrow().frequencies();
        Learnt learnt = loops.ofTokens().run(data, MarkovSpec.DEFAULTS, LoopSpec.fullySynthetic(T, 1, 1), 1, T);
        List<Check> checks = new ArrayList<>();
        for (int row = 0; row < TABLE.size(); row++) {
            Outcome.Estimate measured = learnt.of(T, row, Discrete::heterozygosity);
            checks.add(new Check(
                    "bigrams, sequences of 400",
                    "E H of row %d, t = %d (a guide)".formatted(row, T),
                    real(row) * Math.pow(1 - 1 / (length * stationary[row]), T),
                    .046 / Check.LIMIT,
                    measured.mean(),
                    measured.error()));
        }
        return checks;
    }
}
