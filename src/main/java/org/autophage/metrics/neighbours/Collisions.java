package org.autophage.metrics.neighbours;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.autophage.metrics.features.Features;
import org.autophage.statistics.PoissonLimit;

/**
 * Pairs of near-duplicates among samples, and how large a support they come from: of s samples of N equally likely ones s(s − 1)/(2N)
 * pairs are the same (the birthday paradox; Arora and Zhang, arXiv 1706.08224). Of others N is 1/Σp², which rare ones hardly count in, and
 * the number of pairs varies more than Poisson's law, by which the lower bound is.
 *
 * @param pairs how many there are
 * @param samples s
 */
public record Collisions(long pairs, int samples) {
    /** The share of real samples that have a near-duplicate, by which near is defined. */
    private static final int REAL_SHARE = 100;

    private static final double DOUBT = .05;

    /** Pairs of a set that are nearer to each other than a distance, or copies. */
    public static Collisions of(NeighbourSearch search, Features set, double distance) {
        return new Collisions(search.pairsNearerThan(set, distance), set.count());
    }

    /**
     * How near two samples are near-duplicates: nearer than all but one in a hundred of as many real samples are to their nearest
     * neighbours. So real samples have few near-duplicates, and others of their law as few.
     *
     * @param real the nearest other real sample of every one
     */
    public static double distance(NearestNeighbours real) {
        double[] sorted = real.distancesTo(1);
        Arrays.sort(sorted);
        return sorted[sorted.length / REAL_SHARE];
    }

    /** N that makes so many collisions the expected number; empty where there are none. */
    public OptionalDouble support() {
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(possible() / pairs);
    }

    /** N below which so few collisions would come with a probability of .05 at most: with none, s(s − 1)/6. */
    public double atLeast() {
        return possible() / PoissonLimit.above(pairs, DOUBT);
    }

    private double possible() {
        return samples * (samples - 1.0) / 2;
    }
}
