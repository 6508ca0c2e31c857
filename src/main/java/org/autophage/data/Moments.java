package org.autophage.data;

import org.autophage.program.Tensor;

/**
 * Means and covariances of a law of points, a replica each, float64 on a device. A covariance is given by a factor F with Σ =
 * FᵀF, which costs less than Σ where points are few.
 *
 * @param means shape (R, 1, d); R may be 1 for a law that all replicas share
 * @param factors shape (R, k, d)
 */
public record Moments(Tensor means, Tensor factors) {
    public int replicas() {
        return (int) means.dims()[0];
    }

    public int dimensions() {
        return (int) means.dims()[2];
    }
}
