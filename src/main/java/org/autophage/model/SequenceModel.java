package org.autophage.model;

import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Tokens;

/** A model of sequences of tokens: it is the law that it has learnt, of which every sequence has a probability. */
public interface SequenceModel extends GenerativeModel, Density {
    @Override
    default Optional<Density> density() {
        return Optional.of(this);
    }

    @Override
    default boolean hasLikelihood() {
        return true;
    }

    /**
     * Sequences in which each token that the model finds probable is drawn from the model's law of it, given the tokens that stand before
     * it in the original (token editing, arXiv 2412.14689); the rest stays. Lengths stay too: a token that ends a sequence is not drawn
     * anew, nor is it drawn in another's place. Sequence i depends on sequence i, the seeds and i only, but for the last digits of
     * probabilities.
     *
     * @param real of the model's replicas and vocabulary
     * @param threshold least probability, at temperature 1, that an observed token is drawn anew at; 0 draws all, above 1 none
     * @param bias the sampling bias λ in (0, 1], with which tokens are drawn
     * @param seeds one seed a chunk of sequences
     * @param work progress, checkpoints (phase "sample") and the stop signal
     */
    Tokens edited(Tokens real, double threshold, double bias, Seeds.Stream seeds, Work work);
}
