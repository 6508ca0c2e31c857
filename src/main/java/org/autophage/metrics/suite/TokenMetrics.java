package org.autophage.metrics.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.data.Density;
import org.autophage.data.SampleLabels;
import org.autophage.data.Samples;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenTable;
import org.autophage.data.Tokens;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.ReplicaMeans;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.known.KnownMetrics;
import org.autophage.metrics.sequence.HeldOutSequences;
import org.autophage.metrics.sequence.NgramFeatures;
import org.autophage.metrics.sequence.SequenceFigures;
import org.autophage.metrics.sequence.TableComparison;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a model of sequences has learnt with the law that they come from, or with the holdout where the law is not known. Where
 * tables say everything about both, nothing is estimated; elsewhere the samples are measured, and beside them real samples of the same
 * number. Every number is the mean over the replicas.
 */
public final class TokenMetrics implements OpenMetrics {
    /** Real sequences that features are made of, where there are so many. */
    private static final int ENCODED = 5000;

    private final int replicas;
    private final HeldOutSequences heldOut;
    private final Optional<TableComparison> tables;
    /** Whether tables say everything about truth and models. */
    private final boolean exact;

    private final List<SampleMetric> also;
    /** What samples are measured by; null where tables say everything and nothing else was asked for. */
    private final @Nullable OfSamples ofSamples;

    /** What samples are measured by. */
    private record OfSamples(
            NgramFeatures features,
            ReplicaPairs pairs,
            MeasuredSet reference,
            SequenceFigures figures,
            HonestSamples honest) {}

    private TokenMetrics(Dataset dataset, MetricsSpec spec, boolean exact, Device device) {
        this.replicas = dataset.shape(SampleLabels.BALANCED).replicas();
        this.exact = exact;
        this.also = spec.alsoMetrics();
        Optional<TokenLaw> law = dataset.knownTokenLaw();
        Tokens holdout = dataset.holdout().tokens().orElseThrow();
        this.heldOut =
                new HeldOutSequences(holdout, law, law.map(TokenLaw::given).orElse(0));
        this.tables = law.flatMap(TokenLaw::table).map(TableComparison::new);
        this.ofSamples = exact && also.isEmpty() ? null : ofSamples(dataset, law, holdout, spec, device);
    }

    private static OfSamples ofSamples(
            Dataset dataset, Optional<TokenLaw> law, Tokens holdout, MetricsSpec spec, Device device) {
        spec.requireEnough("dataset.holdout", holdout.count());
        if (dataset.available() < 2) {
            throw AutophageException.usage(
                    "dataset %s has one sequence outside the holdout: the features that sequences are compared by are made of at least 2"
                            .formatted(dataset.name()));
        }
        Samples real = SourceSamples.chosen(dataset, ENCODED).replica(0);
        NgramFeatures features = new NgramFeatures(real.tokens().orElseThrow(), dataset.hash(), device);
        ReplicaPairs pairs = new ReplicaPairs(
                spec, device, samples -> features.of(samples.tokens().orElseThrow()));
        MeasuredSet reference = pairs.reference(holdout);
        // What every generation is compared with is ready before the first one's time is taken.
        reference.statistics();
        reference.balls();
        SequenceFigures figures = new SequenceFigures(law, holdout);
        HonestSamples honest = new HonestSamples(
                dataset,
                samples -> {
                    MeasuredPair pair =
                            MeasuredPair.of(reference, pairs.set("real samples", samples), Optional.empty());
                    Measures.Builder values = Measures.builder();
                    KnownMetrics.ofTokens()
                            .forEach(metric -> values.addAll(metric.of(pair).measures()));
                    return values.addAll(
                                    figures.of(samples.tokens().orElseThrow()).measures())
                            .build();
                },
                (samples, training) -> SequenceFigures.copies(
                                samples.tokens().orElseThrow(),
                                training.tokens().orElseThrow())
                        .measures());
        return new OfSamples(features, pairs, reference, figures, honest);
    }

    /** Metrics where tables say everything about truth and model: samples are measured by what the spec asks for besides alone. */
    public static TokenMetrics openTables(Dataset dataset, MetricsSpec spec, Device device) {
        return new TokenMetrics(dataset, spec, true, device);
    }

    /**
     * Metrics of any model of sequences against the truth of any dataset.
     *
     * @throws org.autophage.base.AutophageException (usage) if the holdout is too small for the neighbours that the spec asks for
     */
    public static TokenMetrics open(Dataset dataset, MetricsSpec spec, Device device) {
        return new TokenMetrics(dataset, spec, false, device);
    }

    @Override
    public Measures of(MeasuredGeneration generation) {
        Measures.Builder values = Measures.builder();
        values.add(Basis.FEATURES, features());
        values.add(Basis.REPLICAS, replicas);
        ReplicaMeans means = new ReplicaMeans();
        Optional<Density> density = generation.density();
        Optional<TokenTable> learnt = exact ? density.flatMap(Density::table) : Optional.empty();
        learnt.ifPresent(table -> tables.orElseThrow().measure(table, means));
        density.filter(Density::hasLikelihood).ifPresent(law -> heldOut.measure(law, means));
        if (learnt.isEmpty() || !also.isEmpty()) {
            if (ofSamples == null) {
                throw new IllegalStateException("metrics of tables, asked about something else");
            }
            measureSamples(ofSamples, generation, learnt.isEmpty(), values, means);
        }
        return values.addAll(means.measures()).build();
    }

    /** @param estimates whether what the model has learnt is only known by its samples */
    private void measureSamples(
            OfSamples with,
            MeasuredGeneration generation,
            boolean estimates,
            Measures.Builder values,
            ReplicaMeans means) {
        Samples measured = with.pairs().measured(generation.samples());
        values.add(Basis.SAMPLES, measured.count());
        values.add(Basis.REFERENCE, with.reference().count());
        List<SampleMetric> asked = new ArrayList<>(estimates ? KnownMetrics.ofTokens() : List.of());
        asked.addAll(also);
        List<List<Findings>> found = with.pairs().of(measured, generation, with.reference(), with.reference(), asked);
        if (estimates) {
            List<Findings> figures = new ArrayList<>();
            List<Findings> copies = new ArrayList<>();
            for (int replica = 0; replica < measured.replicas(); replica++) {
                Tokens own = measured.replica(replica).tokens().orElseThrow();
                figures.add(with.figures().of(own));
                copies.add(SequenceFigures.copies(
                        own, generation.training().replica(replica).tokens().orElseThrow()));
            }
            found.addAll(asked.size() - also.size(), List.of(figures, copies));
        }
        for (List<Findings> each : found) {
            values.addAll(each.get(0).bases());
            means.add(each);
        }
        if (estimates) {
            values.addAll(
                    with.honest().of(measured.count(), generation.training().count()));
        }
    }

    @Override
    public String features() {
        return ofSamples == null ? Basis.TOKENS : ofSamples.features().name();
    }

    @Override
    public void close() {
        if (ofSamples != null) {
            ofSamples.pairs().close();
        }
    }
}
