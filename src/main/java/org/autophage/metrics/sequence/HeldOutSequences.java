package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.Optional;
import org.autophage.data.Density;
import org.autophage.data.TokenLaw;
import org.autophage.data.Tokens;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ReplicaMeans;
import org.jspecify.annotations.Nullable;

/** How well a model predicts held-out real sequences. */
public final class HeldOutSequences {
    private final Tokens holdout;
    private final long predicted;
    private final @Nullable Double ofTruth;

    /**
     * @param holdout of one replica
     * @param law that they were drawn from; empty where it is not known
     * @param given tokens at the beginning of each that no model predicts
     */
    public HeldOutSequences(Tokens holdout, Optional<TokenLaw> law, int given) {
        this.holdout = holdout;
        this.predicted = holdout.values().length - (long) given * holdout.count();
        this.ofTruth = law.map(each ->
                        -holdout.sequences(0).mapToDouble(each::logProbability).sum() / predicted)
                .orElse(null);
    }

    /**
     * Adds {@code crossEntropy} and {@code perplexity}, and, where the law is known, {@code entropyGap}: how much more the cross-entropy
     * is than the true law's on the same sequences, which estimates the rate of the divergence of the model from the truth (and may fall
     * a little below 0, being an estimate). Nothing where a sequence is impossible for the model of a replica.
     */
    public void measure(Density learnt, ReplicaMeans means) {
        double[] all = learnt.logDensity(holdout);
        double[] entropies = new double[all.length / holdout.count()];
        Arrays.setAll(
                entropies,
                replica -> -Arrays.stream(all, replica * holdout.count(), (replica + 1) * holdout.count())
                                .sum()
                        / predicted);
        if (!Arrays.stream(entropies).allMatch(Double::isFinite)) {
            return;
        }
        means.add(Metrics.CROSS_ENTROPY, entropies);
        means.add(Metrics.PERPLEXITY, Arrays.stream(entropies).map(Math::exp).toArray());
        if (ofTruth != null) {
            means.add(
                    Metrics.ENTROPY_GAP,
                    Arrays.stream(entropies).map(entropy -> entropy - ofTruth).toArray());
        }
    }
}
