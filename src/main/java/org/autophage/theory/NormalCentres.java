package org.autophage.theory;

import org.hipparchus.distribution.continuous.NormalDistribution;

/** The K centres of N(0, 1) that k-means finds: each the mean of the points that are nearest to it (Lloyd 1982). */
public final class NormalCentres {
    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final int ROUNDS = 100_000;
    private static final double CLOSE = 1e-13;

    private final double[] centres;

    private NormalCentres(double[] centres) {
        this.centres = centres;
    }

    /** @param count K, at least 1 */
    public static NormalCentres of(int count) {
        double[] centres = new double[count];
        for (int i = 0; i < count; i++) {
            centres[i] = NORMAL.inverseCumulativeProbability((i + 0.5) / count);
        }
        double change = 1;
        for (int round = 0; round < ROUNDS && change > CLOSE; round++) {
            double[] means = new double[count];
            change = 0;
            for (int i = 0; i < count; i++) {
                double low = border(centres, i - 1);
                double high = border(centres, i);
                means[i] = (NORMAL.density(low) - NORMAL.density(high)) / NORMAL.probability(low, high);
                change = Math.max(change, Math.abs(means[i] - centres[i]));
            }
            centres = means;
        }
        return new NormalCentres(centres);
    }

    /** Between centre i and the next. */
    private static double border(double[] centres, int i) {
        return i < 0
                ? Double.NEGATIVE_INFINITY
                : i == centres.length - 1 ? Double.POSITIVE_INFINITY : (centres[i] + centres[i + 1]) / 2;
    }

    /** The variance of N(0, variance) after every point has gone to its nearest centre. */
    public double variance(double variance) {
        double deviation = Math.sqrt(variance);
        double sum = 0;
        for (int i = 0; i < centres.length; i++) {
            double share = NORMAL.cumulativeProbability(border(centres, i) / deviation)
                    - NORMAL.cumulativeProbability(border(centres, i - 1) / deviation);
            sum += share * centres[i] * centres[i];
        }
        return sum;
    }
}
