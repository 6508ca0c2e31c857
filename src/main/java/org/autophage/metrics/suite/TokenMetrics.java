package org.autophage.metrics.suite;

import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.Density;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.points.ReplicaMeans;
import org.autophage.metrics.sequence.HeldOutSequences;
import org.autophage.metrics.sequence.TableComparison;

/**
 * Compares what a model of sequences has learnt with the law that they come from, or with the holdout where the law is not known. Where
 * tables say everything about both, nothing is estimated from samples. Every number is the mean over the replicas.
 */
public final class TokenMetrics implements OpenMetrics {
    private final int replicas;
    private final HeldOutSequences heldOut;
    private final Optional<TableComparison> tables;

    private TokenMetrics(Dataset dataset) {
        this.replicas = dataset.real(new long[] {0}).replicas();
        Optional<TokenLaw> law = dataset.knownTokenLaw();
        Tokens holdout = dataset.holdout().tokens().orElseThrow();
        this.heldOut =
                new HeldOutSequences(holdout, law, law.map(TokenLaw::given).orElse(0));
        this.tables = law.flatMap(TokenLaw::table).map(TableComparison::new);
    }

    /** Metrics of any model of sequences against the truth of any dataset. */
    public static TokenMetrics open(Dataset dataset) {
        return new TokenMetrics(dataset);
    }

    @Override
    public Measures of(MeasuredGeneration generation) {
        Measures.Builder values = Measures.builder();
        values.add(Basis.FEATURES, features());
        values.add(Basis.REPLICAS, replicas);
        ReplicaMeans means = new ReplicaMeans();
        Optional<Density> density = generation.density();
        Optional<TokenTable> learnt = density.flatMap(Density::table);
        tables.ifPresent(truth -> learnt.ifPresent(table -> truth.measure(table, means)));
        density.filter(Density::hasLikelihood).ifPresent(law -> heldOut.measure(law, means));
        return values.addAll(means.measures()).build();
    }

    @Override
    public String features() {
        return Basis.TOKENS;
    }

    @Override
    public void close() {}
}
