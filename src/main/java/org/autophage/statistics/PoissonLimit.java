package org.autophage.statistics;

import org.hipparchus.distribution.continuous.GammaDistribution;

/** How many events of a Poisson law are to be expected at most, given how many there were. */
public final class PoissonLimit {
    private PoissonLimit() {}

    /**
     * The mean of which so few events or fewer come with no more than a probability (Garwood 1936); of no event at .05 it is 3.0.
     *
     * @param events seen, at least 0
     * @param probability in (0, 1)
     */
    public static double above(long events, double probability) {
        return new GammaDistribution(events + 1.0, 1).inverseCumulativeProbability(1 - probability);
    }
}
