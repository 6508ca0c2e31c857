package org.autophage.data;

import java.util.Optional;
import org.autophage.program.Scope;

/** A probability law of points of which something is known exactly: a dataset's truth, or what a model has learnt. */
public interface Density {
    /** Whether the law is a Gaussian, so that its moments, which are known then, say everything about it. */
    default boolean isGaussian() {
        return false;
    }

    /**
     * Mean and covariance, where they are known without drawing samples.
     *
     * @param scope owns what is returned
     */
    default Optional<Moments> moments(Scope scope) {
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
