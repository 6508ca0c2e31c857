package org.autophage.metrics.sequence;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.data.TokenLaw;
import org.autophage.data.Tokens;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.measure.TypeTenth;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;

/** What is measured of sequences themselves, without features: the same of samples as of real sequences of their number. */
public final class SequenceFigures {
    /** Tokens that distinct runs are counted in, where samples have more than these twice over. */
    private static final int MOST_TOKENS = 10_000;

    /** Sequences of a self-BLEU, as Texygen has it (Zhu et al., arXiv 1802.01886). */
    private static final int BLEU_SEQUENCES = 500;

    private static final List<Metric> DISTINCT =
            List.of(Metrics.DISTINCT_1, Metrics.DISTINCT_2, Metrics.DISTINCT_3, Metrics.DISTINCT_4);

    private final Optional<SourceJudgement> judgement;
    private final TypeCoverage types;
    private final double meanLength;

    /**
     * @param law of real sequences, where it is known
     * @param holdout of one replica
     */
    public SequenceFigures(Optional<TokenLaw> law, Tokens holdout) {
        this.judgement = law.map(each -> new SourceJudgement(each, holdout));
        this.types = new TypeCoverage(law.map(TokenLaw::frequencies).orElseGet(() -> UnigramLaw.shares(holdout)));
        this.meanLength = (double) holdout.values().length / holdout.count();
    }

    /**
     * Tokens that distinct runs are counted in: half as many as so many real sequences have on average, and no more than 10,000. The
     * same in every generation, however long its samples are.
     */
    int distinctTokens(int sequences) {
        return Math.min(MOST_TOKENS, (int) (sequences * meanLength / 2));
    }

    /**
     * Measures.
     *
     * @param samples of one replica, at least two
     */
    public Findings of(Tokens samples) {
        Findings.Builder findings = Findings.builder();
        judgement.ifPresent(each -> judge(each, samples, findings));
        if (samples.values().length > 0) {
            addTypes(samples, findings);
        }
        int tokens = distinctTokens(samples.count());
        DistinctShares.of(samples, tokens).ifPresent(shares -> {
            for (int n = 0; n < shares.length; n++) {
                findings.add(Finding.of(DISTINCT.get(n), shares[n], "of the first %d tokens".formatted(tokens)));
            }
            findings.add(Basis.DISTINCT_TOKENS, tokens);
        });
        Tokens first = samples.first(Math.min(BLEU_SEQUENCES, samples.count()));
        findings.add(Finding.of(Metrics.SELF_BLEU, SelfBleu.of(first), "BLEU-4, a tenth of a run where none is shared"))
                .add(Basis.SELF_BLEU_SEQUENCES, first.count());
        return findings.build();
    }

    /**
     * How much of samples stands in a training set too.
     *
     * @param samples of one replica, at least one
     * @param training likewise
     */
    public static Findings copies(Tokens samples, Tokens training) {
        Findings.Builder findings = Findings.builder();
        CopiedRuns copied = CopiedRuns.of(samples, training);
        findings.add(Finding.of(Metrics.LONGEST_COPIED_RUN, copied.longest(), "mean over the samples, exact"));
        copied.share()
                .ifPresent(share -> findings.add(
                        Finding.of(Metrics.COPIED_RUNS, share, "runs of %d tokens, exact".formatted(CopiedRuns.RUN))));
        return findings.build();
    }

    private static void judge(SourceJudgement source, Tokens samples, Findings.Builder findings) {
        SourceJudgement.Judged verdict = source.of(samples);
        findings.add(Finding.of(Metrics.POSSIBLE_SHARE, verdict.possible(), "of all samples")
                .withSamplingError(verdict.possibleError()));
        verdict.logProbability()
                .ifPresent(log -> findings.add(
                        Finding.of(Metrics.SOURCE_LOG_PROBABILITY, log, "a token of the possible samples")));
        source.skeletonRecall(samples)
                .ifPresent(recall ->
                        findings.add(Finding.of(Metrics.SKELETON_RECALL, recall, "of the real sequences' skeletons")));
    }

    private void addTypes(Tokens samples, Findings.Builder findings) {
        UnigramLaw unigrams = UnigramLaw.of(samples);
        findings.add(Finding.of(Metrics.HETEROZYGOSITY, unigrams.heterozygosity(), "of the samples' tokens")
                        .withSamplingError(unigrams.heterozygosityError()))
                .add(Finding.of(Metrics.TOKEN_ENTROPY, unigrams.entropy(), "of the samples' tokens")
                        .withSamplingError(unigrams.entropyError()))
                .add(Finding.of(Metrics.TYPE_COVERAGE, types.of(samples), "of %d types".formatted(types.types())))
                .add(Finding.of(
                                Metrics.TAIL_TYPE_COVERAGE,
                                types.ofTail(samples),
                                "of %d types, the rarest".formatted(types.tail().length))
                        .withSamplingError(types.tailError(samples)));
        if (types.hasParts()) {
            double[] parts = types.ofParts(samples);
            IntStream.range(0, parts.length)
                    .forEach(part -> findings.add(Finding.of(
                            new TypeTenth(part + 1).metric(), parts[part], "types by their real frequency")));
        }
    }
}
