package org.autophage.statistics;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Standard normal deviates of independent repetitions, such as seeds: whether they go one way, and whether they go farther than chance,
 * whichever way.
 *
 * @param mean their mean times the root of their number, standard normal again
 * @param squares the sum of their squares
 * @param count how many there are
 */
public record CommonDirection(double mean, double squares, int count) {
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** Of at least one deviate. */
    public static CommonDirection of(double[] deviates) {
        return new CommonDirection(
                Arrays.stream(deviates).sum() / Math.sqrt(deviates.length),
                Arrays.stream(deviates).map(z -> z * z).sum(),
                deviates.length);
    }

    /** The two-sided p-value of no common direction. */
    public double ofDirection() {
        return 2 * NORMAL.cumulativeProbability(-Math.abs(mean));
    }

    /** The p-value of going no farther than chance, whichever way. */
    public double ofSpread() {
        return 1 - new ChiSquaredDistribution(count).cumulativeProbability(squares);
    }
}
