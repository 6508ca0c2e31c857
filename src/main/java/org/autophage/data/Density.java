package org.autophage.data;

import java.util.Optional;

/** A probability law of samples of which something is known exactly: a dataset's truth, or what a model has learnt. */
public interface Density {
    /** Mean and covariance of a Gaussian, which say everything about it; nothing of other laws. They stay the law's. */
    default Optional<Moments> gaussian() {
        return Optional.empty();
    }

    /** The law of a sequence's tokens where a table says everything about it; nothing of other laws. */
    default Optional<TokenTable> table() {
        return Optional.empty();
    }

    /** Whether samples have a likelihood: not where the law is only known by its samples, nor where it is singular. */
    boolean hasLikelihood();

    /**
     * Natural logarithms of the density at points, or of the probability of sequences of tokens.
     *
     * @param samples of one replica, of the kind that the law is of, which every replica of the law is asked about
     * @return shape (R, N), row-major, with the replicas of the law
     * @throws org.autophage.base.AutophageException (usage), naming the reason, if there is no likelihood
     */
    double[] logDensity(Samples samples);
}
