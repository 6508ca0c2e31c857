package org.autophage.data;

import java.util.Optional;

/** A probability law of points of which something is known exactly: a dataset's truth, or what a model has learnt. */
public interface Density {
    /** Mean and covariance of a Gaussian, which say everything about it; nothing of other laws. They stay the law's. */
    default Optional<Moments> gaussian() {
        return Optional.empty();
    }

    /** Whether points have a likelihood: not where the law is only known by its samples, nor where it is singular. */
    boolean hasLikelihood();

    /**
     * Natural logarithms of the density at points.
     *
     * @param points of one replica, which every replica of the law is asked about
     * @return shape (R, N), row-major, with the replicas of the law
     * @throws org.autophage.base.AutophageException (usage), naming the reason, if there is no likelihood
     */
    double[] logDensity(Points points);
}
