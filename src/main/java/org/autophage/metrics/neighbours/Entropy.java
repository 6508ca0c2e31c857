package org.autophage.metrics.neighbours;

import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;
import org.hipparchus.special.Gamma;

/**
 * The differential entropy of the distribution that samples come from, in nats, by Kozachenko and Leonenko (1987), for k
 * neighbours by Goria et al. (2005): ψ(N) − ψ(k) + ln c_d + (d/N) Σ ln rᵢ, with rᵢ the distance of sample i to its k-th
 * nearest neighbour among the N samples of d features and c_d = π^(d/2) / Γ(d/2 + 1) the volume of the unit ball.
 */
public final class Entropy {
    private Entropy() {}

    /**
     * The estimate.
     *
     * @param k neighbours; 1 is usual
     * @throws AutophageException (usage) if there are fewer than k + 1 samples, or more than k copies of one, of which the
     *     logarithm is not defined: a distribution with point masses has no density
     */
    public static double of(NeighbourSearch search, Features features, int k) {
        return of(search.within(features, k), features.width());
    }

    /**
     * The estimate from neighbours that are known.
     *
     * @param nearest the k nearest other samples of every sample
     * @param width d, number of features
     * @throws AutophageException (usage) as above
     */
    public static double of(NearestNeighbours nearest, int width) {
        int k = nearest.k();
        double[] radii = nearest.distancesTo(k);
        double logarithms = 0;
        for (int row = 0; row < radii.length; row++) {
            if (radii[row] == 0) {
                throw AutophageException.usage(
                        "the entropy is not defined: row %d has %d equal to it among %d; distinct samples would do"
                                .formatted(row, k, radii.length));
            }
            logarithms += Math.log(radii[row]);
        }
        double half = width / 2.0;
        double logUnitBall = half * Math.log(Math.PI) - Gamma.logGamma(half + 1);
        return Gamma.digamma(radii.length) - Gamma.digamma(k) + logUnitBall + width * logarithms / radii.length;
    }
}
