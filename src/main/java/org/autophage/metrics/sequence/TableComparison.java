package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.autophage.data.TokenTable;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ReplicaMeans;

/**
 * What can be said of a learnt law beside the true one where tables say everything about both: nothing is estimated. Of a law with
 * several rows each figure is the mean over them.
 */
public final class TableComparison {
    private final TokenTable truth;

    /** @param truth of one replica */
    public TableComparison(TokenTable truth) {
        this.truth = truth;
    }

    /**
     * Adds {@code heterozygosity}, {@code tokenEntropy}, {@code distinctTokens} and, where no true token is lost in any replica, the
     * divergence of the learnt law from the truth.
     *
     * @param learnt of the truth's rows and size
     */
    public void measure(TokenTable learnt, ReplicaMeans means) {
        add(Metrics.HETEROZYGOSITY, learnt, (p, q) -> -q * q, 1, means);
        add(Metrics.TOKEN_ENTROPY, learnt, (p, q) -> q > 0 ? -q * Math.log(q) : 0, 0, means);
        add(Metrics.DISTINCT_TOKENS, learnt, (p, q) -> q > 0 ? 1 : 0, 0, means);
        double[] divergence = values(learnt, (p, q) -> p > 0 ? p * Math.log(p / q) : 0, 0);
        if (Arrays.stream(divergence).allMatch(Double::isFinite)) {
            means.add(Metrics.KULLBACK_LEIBLER, divergence);
        }
    }

    private void add(Metric metric, TokenTable learnt, DoubleBinaryOperator term, double from, ReplicaMeans means) {
        means.add(metric, values(learnt, term, from));
    }

    /** One a replica: the mean over rows of a number and what each token adds to it by its true and its learnt probability. */
    private double[] values(TokenTable learnt, DoubleBinaryOperator term, double from) {
        double[] values = new double[learnt.replicas()];
        for (int replica = 0; replica < values.length; replica++) {
            for (int row = 0; row < learnt.rows(); row++) {
                double sum = from;
                int at = learnt.start(replica, row);
                int of = truth.start(0, row);
                for (int token = 0; token < learnt.size(); token++) {
                    sum += term.applyAsDouble(truth.probabilities()[of + token], learnt.probabilities()[at + token]);
                }
                values[replica] += sum / learnt.rows();
            }
        }
        return values;
    }
}
